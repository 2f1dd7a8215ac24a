// Secrets of the second factor are sealed in the database with keys that lie elsewhere.

#include "kernel/auth/account.h"
#include "kernel/auth/key_ring.h"
#include "kernel/auth/secrets.h"
#include "kernel/auth/totp.h"
#include "support/files.h"
#include "support/kernel_fixture.h"

#include <sys/stat.h>

#include <filesystem>

namespace sangu::auth {
namespace {

class Keys : public ::testing::Test {
protected:
    std::string file() const { return (directory_.path() / "keys" / "sangu.key").string(); }
    test::TemporaryDirectory directory_;
};

TEST_F(Keys, AreMadeForTheirOwnerOnly) {
    KeyRing::create(file());
    struct stat about {};
    ASSERT_EQ(::stat(file().c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600u);
    auto const first = KeyRing::read(file()).newest();
    KeyRing::create(file());
    EXPECT_EQ(KeyRing::read(file()).newest(), first) << "a file that is there stays";
}

TEST_F(Keys, OpenWhatTheySealedForTheSameOwnerOnly) {
    KeyRing::create(file());
    KeyRing const ring = KeyRing::read(file());
    std::string const sealed = ring.seal("JBSWY3DPEHPK3PXP", "totp:a");
    EXPECT_EQ(sealed.find("JBSWY"), std::string::npos);
    EXPECT_NE(sealed, ring.seal("JBSWY3DPEHPK3PXP", "totp:a")) << "a nonce of its own each time";
    EXPECT_EQ(ring.open(sealed, "totp:a"), "JBSWY3DPEHPK3PXP");
    EXPECT_EQ(ring.open(sealed, "totp:b"), std::nullopt) << "moved to another account";
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = changed[i] == '0' ? '1' : '0';
        EXPECT_EQ(ring.open(changed, "totp:a"), std::nullopt) << i;
    }
    EXPECT_EQ(ring.open(sealed.substr(0, 20), "totp:a"), std::nullopt);
    EXPECT_EQ(ring.open("", "totp:a"), std::nullopt);
}

TEST_F(Keys, OldOnesOpenWhatNewOnesNoLongerSeal) {
    KeyRing::create(file());
    KeyRing const before = KeyRing::read(file());
    std::string const sealed = before.seal("secret", "o");
    std::string const id = KeyRing::append(file());
    KeyRing const after = KeyRing::read(file());
    EXPECT_EQ(after.newest(), id);
    EXPECT_EQ(after.ids().size(), 2u);
    EXPECT_EQ(after.open(sealed, "o"), "secret");
    EXPECT_EQ(before.open(after.seal("secret", "o"), "o"), std::nullopt);
    struct stat about {};
    ::stat(file().c_str(), &about);
    EXPECT_EQ(about.st_mode & 0777, 0600u);
}

TEST_F(Keys, OfABrokenFileAreNotUsed) {
    std::filesystem::create_directories(std::filesystem::path{file()}.parent_path());
    for (std::string_view const content : {"", "# nothing\n", "0123456789ab 00\n", "no key at all\n"}) {
        test::write_file(file(), content);
        EXPECT_THROW(KeyRing::read(file()), std::runtime_error) << content;
    }
    std::string const key(64, 'a');
    test::write_file(file(), "000000000000 " + key + "\n");
    EXPECT_THROW(KeyRing::read(file()), std::runtime_error) << "a key under another's name";
}

class Secrets : public test::OnBothKernels {
protected:
    void SetUp() override {
        OnBothKernels::SetUp();
        if (IsSkipped()) return;
        write([&](db::Transaction& transaction) {
            account_ = create_account(transaction, "wang", "王", clock_.now()).id.text;
            transaction.execute("update kernel_credential set totp_secret = ?, totp_confirmed = true where account_id "
                                "= ?",
                                {plain_, account_});
        });
    }
    std::string stored() {
        return database().read()->text("select totp_secret from kernel_credential where account_id = ?", {account_})
            .value_or("");
    }
    KeyState state() { return look_at_keys(*database().read(), services().settings); }

    std::string const plain_ = new_totp_secret();
    std::string account_;
};
SANGU_ON_BOTH_DATABASES(Secrets);

TEST_P(Secrets, OfEarlierVersionsAreSealedAtTheFirstStart) {
    EXPECT_EQ(state().plain, 1);
    prepare_keys(services());
    EXPECT_TRUE(is_sealed(stored()));
    EXPECT_EQ(stored().find(plain_), std::string::npos);
    EXPECT_EQ(open_secret(services(), stored(), account_), plain_);
    std::string const once = stored();
    prepare_keys(services());
    EXPECT_EQ(stored(), once) << "only once";
    EXPECT_EQ(state().plain, 0);
    EXPECT_EQ(state().with_newest, 1);
}

TEST_P(Secrets, AreSealedAgainWhenKeysChange) {
    prepare_keys(services());
    std::string const before = stored();
    auto const sealed = rotate_keys(database(), services().settings, clock_.now());
    ASSERT_TRUE(sealed);
    EXPECT_EQ(*sealed, 1);
    EXPECT_NE(key_id_of(stored()), key_id_of(before));
    EXPECT_EQ(open_secret(services(), stored(), account_), plain_) << "a running server reads the new key";
    EXPECT_EQ(open_secret(services(), before, account_), plain_) << "an older backup still opens";
    EXPECT_EQ(database().read()->integer("select count(*) from kernel_audit where action = 'auth.keys_rotated'"), 1);
}

TEST_P(Secrets, AreNotReplacedSilentlyWhenTheKeyFileIsGone) {
    prepare_keys(services());
    std::filesystem::remove(state().file);
    EXPECT_THROW(prepare_keys(services()), std::runtime_error);
    EXPECT_FALSE(std::filesystem::exists(state().file)) << "no new key that hides the loss";
    ASSERT_EQ(state().missing.size(), 1u);
    auto const reset = replace_lost_keys(database(), services().settings, clock_.now());
    ASSERT_TRUE(reset);
    EXPECT_EQ(*reset, 1);
    EXPECT_EQ(stored(), "") << "this person sets up a new second factor";
    EXPECT_TRUE(state().missing.empty());
    prepare_keys(services());
}

} // namespace
} // namespace sangu::auth
