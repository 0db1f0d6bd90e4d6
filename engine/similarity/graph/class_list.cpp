// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/graph/class_list.h"

#include <algorithm>
#include <cctype>
#include <limits>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/base/plain_text.h"
#include "engine/similarity/graph/ranked_pairs.h"

namespace hs {
namespace {

using Json = nlohmann::ordered_json;

std::string trimmed(std::string_view text)
{
    const auto space = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!text.empty() && space(text.front())) text.remove_prefix(1);
    while (!text.empty() && space(text.back())) text.remove_suffix(1);
    return std::string(text);
}

Status addHead(ClassList& list, const std::string& name, const std::string& head, const std::string& where)
{
    const auto id = parseHeadName(head);
    if (!id) return Error::argument(where, head, "L5H1");
    auto it = std::find_if(list.classes.begin(), list.classes.end(), [&](const HeadClass& c) { return c.name == name; });
    if (it == list.classes.end()) it = list.classes.insert(it, HeadClass{name, {}});
    const auto place = std::lower_bound(it->heads.begin(), it->heads.end(), *id);
    if (place == it->heads.end() || *place != *id) it->heads.insert(place, *id);
    return {};
}

/// A class list is three levels deep; what nests deeper is none, and deep nesting is how JSON breaks a recursive reader.
Result<Json> parseJson(std::string_view text)
{
    std::size_t position = 0;
    bool tooDeep = false;
    try {
        Json json = Json::parse(text.begin(), text.end(), [&](int depth, Json::parse_event_t, Json&) {
            tooDeep = tooDeep || depth > 16;
            return !tooDeep;
        });
        if (!tooDeep) return json;
    } catch (const Json::parse_error& error) {
        position = error.byte;
    } catch (const Json::exception& error) {  // a number that no double holds
        return Error::of(ErrorCode::JsonInvalid, {}, error.what());
    }
    return Error::of(ErrorCode::JsonInvalid, std::to_string(position), tooDeep ? "> 16" : "");
}

Result<ClassList> fromJson(std::string_view text)
{
    const auto json = parseJson(text);
    if (!json) return json.error();
    ClassList list;
    const auto word = [&](const char* key) {
        const auto it = json->find(key);
        return it != json->end() && it->is_string() ? it->get<std::string>() : std::string();
    };
    list.name = word("name");
    list.citation = word("citation");
    list.note = word("note");
    list.model = word("model");
    const auto classes = json->find("classes");
    if (classes == json->end() || !classes->is_array()) return Error::argument("classes", "", "[{name, heads}]");
    for (const Json& c : *classes) {
        if (!c.is_object() || !c.contains("name") || !c["name"].is_string() || !c.contains("heads") || !c["heads"].is_array())
            return Error::argument("classes", c.dump().substr(0, 60), "{name, heads}");
        const std::string name = c["name"].get<std::string>();
        if (std::none_of(list.classes.begin(), list.classes.end(), [&](const HeadClass& known) { return known.name == name; }))
            list.classes.push_back({name, {}});
        for (const Json& head : c["heads"]) {
            if (Status status = addHead(list, name, head.is_string() ? head.get<std::string>() : head.dump(), name); !status)
                return status.error();
        }
    }
    return list;
}

/// Cells of one line; "" inside quotes is a quote.
std::vector<std::string> cells(std::string_view line)
{
    std::vector<std::string> out{""};
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
            out.back() += '"';
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            out.emplace_back();
        } else {
            out.back() += c;
        }
    }
    for (std::string& cell : out) cell = trimmed(cell);
    return out;
}

Result<ClassList> fromCsv(std::string_view text)
{
    ClassList list;
    int number = 0;
    bool header = false;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        if (line.empty()) continue;
        if (line[0] == '#') {
            for (const auto& [key, field] : {std::pair("name:", &ClassList::name), std::pair("citation:", &ClassList::citation),
                                             std::pair("note:", &ClassList::note), std::pair("model:", &ClassList::model)}) {
                const std::string comment = trimmed(std::string_view(line).substr(1));
                if (comment.starts_with(key)) list.*field = trimmed(std::string_view(comment).substr(std::string_view(key).size()));
            }
            continue;
        }
        std::string where = "line ";
        where += std::to_string(number);
        const std::vector<std::string> row = cells(line);
        if (row.size() < 2) return Error::argument(where, line.substr(0, 60), "class,head");
        if (!header) {
            header = true;
            std::string first = row[0];
            std::transform(first.begin(), first.end(), first.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            if (first != "class") return Error::argument(where, line.substr(0, 60), "class,head");
            continue;
        }
        if (Status status = addHead(list, row[0], row[1], where); !status) return status.error();
    }
    if (!header) return Error::argument("line 1", "", "class,head");
    return list;
}

bool inClass(const std::set<HeadId>& members, const AxisHead& a)
{
    for (int h = a.firstHead; h <= a.lastHead; ++h)
        if (members.count({a.id.layer, h})) return true;
    return false;
}

std::set<HeadId> membersOf(const ClassList& list)
{
    std::set<HeadId> out;
    for (const HeadClass& c : list.classes) out.insert(c.heads.begin(), c.heads.end());
    return out;
}

}  // namespace

int ClassList::classOf(HeadId head) const
{
    for (std::size_t i = 0; i < classes.size(); ++i)
        if (std::binary_search(classes[i].heads.begin(), classes[i].heads.end(), head)) return static_cast<int>(i);
    return -1;
}

int ClassList::heads() const { return static_cast<int>(membersOf(*this).size()); }

Result<ClassList> parseClassList(std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text[first] == '{' ? fromJson(text) : fromCsv(text);
}

std::string classListJson(const ClassList& list)
{
    Json json;
    json["format"] = "headscope-classes";
    json["name"] = list.name;
    json["model"] = list.model;
    json["citation"] = list.citation;
    json["note"] = list.note;
    json["classes"] = Json::array();
    for (const HeadClass& c : list.classes) {
        Json heads = Json::array();
        for (const HeadId id : c.heads) heads.push_back(headName(id));
        json["classes"].push_back({{"name", c.name}, {"heads", heads}});
    }
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string classListCsv(const ClassList& list)
{
    std::string out;
    const auto comment = [&](const char* key, const std::string& value) {
        if (value.empty()) return;
        out += "# ";
        out += key;
        out += ": ";
        for (const char c : value) out += c == '\n' ? ' ' : c;
        out += '\n';
    };
    comment("name", list.name);
    comment("model", list.model);
    comment("citation", list.citation);
    comment("note", list.note);
    out += "class,head\n";
    for (const HeadClass& c : list.classes)
        for (const HeadId id : c.heads) out += csvField(c.name) + ',' + headName(id) + '\n';
    return out;
}

ClassScore scoreClasses(const HeadMatrix& m, const ClassList& list, int k)
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::set<HeadId> members = membersOf(list);
    std::vector<RankedPair> pairs = allPairs(m);
    std::sort(pairs.begin(), pairs.end(), StrongerPair{isDistance(m.measure)});
    const auto positive = [&](const RankedPair& p) {
        return inClass(members, m.rows.heads[p.row]) && inClass(members, m.cols.heads[p.col]);
    };
    ClassScore out;
    out.pairs = static_cast<std::int64_t>(pairs.size());
    for (const RankedPair& p : pairs) out.positives += positive(p);
    out.k = static_cast<int>(std::min<std::size_t>(pairs.size(), static_cast<std::size_t>(std::max(0, k))));
    std::set<HeadId> inside, outside;
    for (int i = 0; i < out.k; ++i) {
        const RankedPair& p = pairs[static_cast<std::size_t>(i)];
        out.hits += positive(p);
        for (const AxisHead* a : {&m.rows.heads[p.row], &m.cols.heads[p.col]})
            (inClass(members, *a) ? inside : outside).insert({a->id.layer, a->firstHead});
    }
    out.headsInClass = static_cast<int>(inside.size());
    out.headsOutside = static_cast<int>(outside.size());
    out.precisionAtK = out.k > 0 ? static_cast<double>(out.hits) / out.k : nan;
    out.chance = out.pairs > 0 ? static_cast<double>(out.positives) / static_cast<double>(out.pairs) : nan;
    if (out.positives == 0) {
        out.averagePrecision = nan;
        return out;
    }
    std::int64_t found = 0;
    for (std::size_t i = 0; i < pairs.size();) {
        std::size_t end = i;
        std::int64_t here = 0;
        for (; end < pairs.size() && pairs[end].value == pairs[i].value; ++end) here += positive(pairs[end]);
        found += here;
        out.averagePrecision +=
            static_cast<double>(here) / static_cast<double>(out.positives) * static_cast<double>(found) / static_cast<double>(end);
        i = end;
    }
    return out;
}

std::pair<int, int> headsByClass(const HeadGraph& graph, const ClassList& list)
{
    const std::set<HeadId> members = membersOf(list);
    int inside = 0, outside = 0;
    for (const GraphNode& n : graph.nodes)
        if (n.edges() > 0) ++(members.count(n.id) ? inside : outside);
    return {inside, outside};
}

}  // namespace hs
