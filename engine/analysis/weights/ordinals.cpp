// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/weights/ordinals.h"

#include <algorithm>

namespace hs {
namespace {

using Words = std::vector<std::string>;

struct Order {
    const char* name;
    bool cyclic;
    Words words;
};

Words numbers()
{
    Words out;
    for (int i = 1; i <= 200; ++i) out.push_back(std::to_string(i));
    return out;
}

Words letters(char first)
{
    Words out;
    for (int i = 0; i < 26; ++i) out.emplace_back(1, static_cast<char>(first + i));
    return out;
}

Words prefixes(const Words& words)
{
    Words out;
    for (const std::string& w : words) out.push_back(w.substr(0, 3));
    return out;
}

std::vector<Order> orders()
{
    const Words days{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    const Words months{"January", "February", "March",     "April",   "May",      "June",
                       "July",    "August",   "September", "October", "November", "December"};
    return {{"numbers", false, numbers()},
            {"number words", false, {"one",     "two",     "three",     "four",     "five",     "six",      "seven",
                                     "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen", "fourteen",
                                     "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"}},
            {"ordinals",
             false,
             {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"}},
            {"days", true, days},
            {"months", true, months},
            {"day prefixes", true, prefixes(days)},
            {"month prefixes", true, prefixes(months)},
            {"capital letters", false, letters('A')},
            {"small letters", false, letters('a')}};
}

int singleToken(const Tokenizer& tokenizer, const std::string& word)
{
    for (const std::string& form : {std::string(" ").append(word), word}) {
        const auto tokens = tokenizer.encode(form);
        if (tokens && tokens->size() == 1 && !tokens->front().special) {
            // An unknown word is one token too.
            std::string text = tokenizer.displayText(tokens->front().id);
            text.erase(0, text.find_first_not_of(' ') == std::string::npos ? 0 : text.find_first_not_of(' '));
            if (text == word) return tokens->front().id;
        }
    }
    return -1;
}

}  // namespace

std::vector<OrdinalClass> ordinalClasses(const Tokenizer& tokenizer)
{
    std::vector<OrdinalClass> out;
    for (const Order& order : orders()) {
        OrdinalClass c{order.name, {}, order.cyclic};
        for (const std::string& w : order.words) {
            const int id = singleToken(tokenizer, w);
            // "May" is a month and its own prefix: within a class every id stands once.
            c.ids.push_back(std::find(c.ids.begin(), c.ids.end(), id) == c.ids.end() ? id : -1);
        }
        if (c.ids.size() - static_cast<std::size_t>(std::count(c.ids.begin(), c.ids.end(), -1)) >= 3) out.push_back(std::move(c));
    }
    return out;
}

std::vector<int> ordinalIds(const std::vector<OrdinalClass>& classes)
{
    std::vector<int> out;
    for (const OrdinalClass& c : classes)
        for (const int id : c.ids)
            if (id >= 0) out.push_back(id);
    return out;
}

}  // namespace hs
