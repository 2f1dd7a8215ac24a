#include "modules/rights/tests/rights_fixture.h"

namespace sangu::rights {
namespace {

class HolderShares : public OnBothRegisters {
protected:
    // Written past the service, as a careless module would.
    bool write_directly(std::string_view sql, std::vector<Value> const& values) {
        try {
            app.write([&](db::Transaction& transaction) { transaction.execute(sql, db::Parameters{values}); });
            return true;
        } catch (db::ConstraintViolation const& violation) {
            EXPECT_EQ(violation.kind, db::ConstraintKind::exclusion);
            return false;
        }
    }
};
SANGU_ON_BOTH_DATABASES(HolderShares);

TEST_P(HolderShares, never_make_more_than_the_whole_in_the_database) {
    auto const id = registered();
    std::string const add = "insert into rights_holder (id, right_id, position, name, share_ppm) values "
                            "(?, ?, 9, 'x', ?)";
    EXPECT_FALSE(write_directly(add, {new_id(), id, std::int64_t{1}}));
    EXPECT_TRUE(
        write_directly("update rights_holder set share_ppm = share_ppm - 1 where right_id = ? and position = 1", {id}));
    EXPECT_FALSE(write_directly(add, {new_id(), id, std::int64_t{2}}));
    EXPECT_TRUE(write_directly(add, {new_id(), id, std::int64_t{1}}));
    EXPECT_FALSE(
        write_directly("update rights_holder set share_ppm = 1000000 where right_id = ? and position = 9", {id}));
}

} // namespace
} // namespace sangu::rights
