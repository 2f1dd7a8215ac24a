#pragma once

// The address of one's account, and a new password by mail. Who asks never learns whether an account or an address
// exists: the answer is the same, and the work is done by a job.

#include "kernel/context.h"
#include "kernel/jobs/jobs.h"

#include <string>
#include <string_view>

namespace sangu::identity {

// Sends a link to the address; it counts once the link is used. Refuses "error.mail.off", "error.mail.address", and
// "identity.mail.wait" within five minutes.
Result<void> ask_own_address(Context& context, std::string_view address);
// By the link, signed in or not.
Result<void> confirm_address(Context& context, std::string_view token);
Result<void> remove_own_address(Context& context);

// Queues the job that looks for the account and sends it a link.
Result<void> ask_password_by_mail(Context& context, std::string_view login);
jobs::Handler password_mail_job();

} // namespace sangu::identity
