#pragma once

// An object of a described entity that generic code (lists, imports, API) owns without knowing its type.

#include "kernel/entity/entity.h"

#include <memory>

namespace sangu::entity {

class AnyObject {
public:
    explicit AnyObject(EntityMeta const& meta) : meta_{&meta}, object_{meta.make(), meta.destroy} {}
    AnyObject(AnyObject const& other) : AnyObject{*other.meta_} { meta_->assign(get(), other.get()); }
    AnyObject& operator=(AnyObject const& other) {
        AnyObject copy{other};
        return *this = std::move(copy);
    }
    AnyObject(AnyObject&&) noexcept = default;
    AnyObject& operator=(AnyObject&&) noexcept = default;
    ~AnyObject() = default;

    void* get() { return object_.get(); }
    void const* get() const { return object_.get(); }
    EntityMeta const& meta() const { return *meta_; }
    std::string id() const { return std::get<std::string>(meta_->key().load(get())); }

private:
    EntityMeta const* meta_;
    std::unique_ptr<void, void (*)(void*)> object_;
};

} // namespace sangu::entity
