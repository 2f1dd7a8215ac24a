#pragma once

// A non-owning reference to something callable: the cheap parameter type for callbacks that are
// called before the function returns. Never store one.

#include <memory>
#include <type_traits>
#include <utility>

namespace sangu {

template <class Signature> class FunctionRef;

template <class Return, class... Arguments> class FunctionRef<Return(Arguments...)> {
public:
    template <class F>
        requires(!std::is_same_v<std::remove_cvref_t<F>, FunctionRef> &&
                 std::is_invocable_r_v<Return, F&, Arguments...>)
    FunctionRef(F&& callable) // NOLINT(google-explicit-constructor): a lambda is passed as it is
        : object_{const_cast<void*>(static_cast<void const*>(std::addressof(callable)))},
          call_{[](void* object, Arguments... arguments) -> Return {
              return (*static_cast<std::remove_reference_t<F>*>(object))(std::forward<Arguments>(arguments)...);
          }} {}

    Return operator()(Arguments... arguments) const { return call_(object_, std::forward<Arguments>(arguments)...); }

private:
    void* object_;
    Return (*call_)(void*, Arguments...);
};

} // namespace sangu
