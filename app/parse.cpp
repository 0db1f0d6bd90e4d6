// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/parse.h"

#include <algorithm>
#include <optional>

#include "app/commands.h"

namespace hs::app {
namespace {

const Option* find(const Options& options, const std::string& name)
{
    const auto at = std::find_if(options.begin(), options.end(), [&](const Option& option) { return name == option.name; });
    return at == options.end() ? nullptr : &*at;
}

/// Why a command does not know an option: another one does, or none.
std::string unknown(const std::string& name, const CommandSpec& command, const std::vector<CommandSpec>& all)
{
    const bool elsewhere =
        std::any_of(all.begin(), all.end(), [&](const CommandSpec& other) { return find(other.options, name) != nullptr; });
    if (!elsewhere) return "unknown option " + name;
    return *command.name ? "option " + name + " is not one of " + command.name : "option " + name + " belongs to a command";
}

/// One option with its value, from words[at] on; `at` moves over what was read. Empty, or the problem.
std::string readOption(const CommandSpec& command, const std::vector<CommandSpec>& all, const std::vector<std::string>& words,
                       std::size_t& at)
{
    std::string name = words[at];
    if (name == "-h") name = "--help";
    std::optional<std::string> value;
    if (const std::size_t equals = name.find('='); equals != std::string::npos) {
        value = name.substr(equals + 1);
        name.resize(equals);
    }
    const Options common = commonOptions(*command.arguments);
    const Option* option = find(command.options, name);
    if (!option) option = find(common, name);
    if (!option) return unknown(name, command, all);
    if (!option->value && value) return "option " + name + " takes no value";
    if (option->value && !value) {
        if (at + 1 >= words.size()) return "option " + name + " needs a value";
        value = words[++at];
    }
    std::string problem = option->set(name, value.value_or(""));
    if (problem.empty() && option->use != FileUse::None) {
        auto& named = command.arguments->named;
        // Of an output that is named twice the last counts; what is read may be several.
        if (option->use != FileUse::Reads) std::erase_if(named, [&](const NamedFile& f) { return f.by == option->name; });
        named.push_back({option->name, value.value_or(""), option->use, option->file});
    }
    return problem;
}

/// Files first, then what the command itself cannot do without.
std::string missing(const CommandSpec& command)
{
    const auto& files = command.arguments->files;
    const std::size_t most = command.files.size() + (command.mayOpenFile ? 1 : 0);
    if (files.size() > most) return "one file too many: " + files[most];
    if (files.size() < command.files.size()) {
        std::string words;
        for (const Value& file : command.files) words.append(words.empty() ? "" : " and ").append(file.word);
        return std::string(command.name).append(" needs ").append(words);
    }
    return command.check ? command.check() : std::string();
}

}  // namespace

Parsed parse(const std::vector<std::string>& words)
{
    const std::vector<CommandSpec> all = commands();
    Parsed parsed{all.front(), {}};
    std::size_t at = 0;
    if (!words.empty() && !words[0].empty()) {
        for (const CommandSpec& command : all) {
            if (words[0] != command.name) continue;
            parsed.command = command;
            at = 1;
        }
    }
    Arguments& a = *parsed.command.arguments;
    bool optionsOver = false;
    for (; at < words.size(); ++at) {
        const std::string& word = words[at];
        if (!optionsOver && word == "--") {
            optionsOver = true;
        } else if (optionsOver || word.size() < 2 || word[0] != '-') {
            a.files.push_back(word);
        } else if (std::string problem = readOption(parsed.command, all, words, at); !problem.empty()) {
            parsed.problem = std::move(problem);
            return parsed;
        }
    }
    if (!a.help && !a.version) parsed.problem = missing(parsed.command);
    return parsed;
}

}  // namespace hs::app
