#include "kernel/auth/password_list.h"

#include <algorithm>
#include <iterator>

namespace sangu::auth {

namespace {

// Collected from what every published list of leaked passwords has in common.
constexpr std::string_view widely_used[] = {
    "0000000000",       "0123456789",   "0987654321",    "1029384756",   "1111111111",    "1122334455",
    "11223344556",      "1212121212",   "123123123123",  "1231231234",   "123321123321",  "1234512345",
    "123456123456",     "123456654321", "1234567890",    "12345678900",  "12345678901",   "123456789012",
    "1234567890a",      "123456789a",   "123456789abc",  "123456789q",   "123456789qq",   "123456abcd",
    "123456asdf",       "123456qwer",   "123456qwerty",  "1234qwer!@#$", "1234qwerasdf",  "1314520520",
    "1357924680",       "147258369",    "1472583690",    "1q2w3e4r5t",   "1q2w3e4r5t6y",  "1qaz2wsx3edc",
    "1qaz@wsx3edc",     "2222222222",   "3141592653",    "5201314520",   "5201314a1314",  "5205205201",
    "5555555555",       "666666666666", "7777777777",    "8888888888",   "888888888888",  "9876543210",
    "9999999999",       "a123456789",   "a1234567890",   "a1b2c3d4e5",   "aa123456789",   "aa12345678",
    "aaa123456789",     "abc123456789", "abcd123456",    "abcd1234567",  "abcd12345678",  "abcdefghij",
    "admin12345",       "admin123456",  "admin@1234",    "admin@12345",  "admin@123456",  "adminadmin",
    "administrator",    "aini1314520",  "asd123456789",  "asdf123456",   "asdfasdfasdf",  "asdfghjkl1",
    "asdfghjkl;",       "azertyuiop",   "changeme123",   "changsha123",  "changsha2025",  "chang-zhu-tan",
    "computer123",      "football123",  "google12345",   "hello12345",   "huawei12345",   "hunan12345",
    "iloveyou12",       "iloveyou123",  "iloveyou520",   "letmein123",   "letmein1234",   "p@ssw0rd123",
    "p@ssword123",      "passw0rd123",  "password00",    "password01",   "password1!",    "password11",
    "password12",       "password123",  "password123!",  "password1234", "password@1",    "password@123",
    "passwordpassword", "q123456789",   "q1w2e3r4t5",    "q1w2e3r4t5y6", "qaz123456789",  "qazwsx123456",
    "qazwsxedc123",     "qazwsxedcrfv", "qq123456789",   "qq1234567890", "qwe123456789",  "qwer123456",
    "qwer1234567",      "qwer12345678", "qwerasdfzxcv",  "qwerty1234",   "qwerty12345",   "qwerty123456",
    "qwertyuiop",       "qwertyuiop1",  "qwertyuiop[]",  "root123456",   "sangu12345",    "superman123",
    "test123456",       "test1234567",  "welcome123",    "welcome1234",  "welcome@123",   "woaini1314",
    "woaini1314520",    "woaini520",    "woaini5201314", "woaini123456", "woaiwojia1314", "wang123456",
    "xiaoming123",      "zhang123456",  "zhongguo123",   "zxc123456789", "zxcv123456",    "zxcvbnm123",
    "zxcvbnm1234",      "zxcvbnm,./1"};

} // namespace

bool is_widely_used(std::string_view lower_case) {
    return std::find(std::begin(widely_used), std::end(widely_used), lower_case) != std::end(widely_used);
}

} // namespace sangu::auth
