// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/prune_file.h"

#include <QJsonArray>
#include <cmath>

namespace hs::ui {

namespace {

constexpr const char* kSources[] = {"passages", "sampled", "files", "tokens"};
constexpr int kMostPassages = 1000000, kMostTokens = 1 << 20;

QString latin1(const char* text) { return QString::fromLatin1(text); }

QJsonObject textJson(const PruneText& text)
{
    QJsonObject o{{QStringLiteral("source"), latin1(kSources[std::size_t(text.source)])},
                  {QStringLiteral("passages"), text.passages},
                  {QStringLiteral("length"), text.length}};
    if (!text.files.isEmpty()) o[QStringLiteral("files")] = QJsonArray::fromStringList(text.files);
    return o;
}

/// Reads values and remembers the first thing that is wrong.
struct PruneReader {
    QString wrong;
    void fail(const QString& what)
    {
        if (wrong.isEmpty()) wrong = QStringLiteral("prune/") + what;
    }

    void integer(const QJsonObject& o, const char* key, int& into, int least, int most)
    {
        const QJsonValue v = o.value(latin1(key));
        if (v.isUndefined()) return;
        const double d = v.toDouble(std::nan(""));
        if (!(d == std::floor(d)) || d < least || d > most) return fail(latin1(key));
        into = int(d);
    }
    template <typename E>
    void named(const QJsonObject& o, const char* key, E& into, std::optional<E> (*parse)(std::string_view))
    {
        const QJsonValue v = o.value(latin1(key));
        if (v.isUndefined()) return;
        const auto parsed = parse(v.toString().toStdString());
        if (!parsed) return fail(latin1(key));
        into = *parsed;
    }
    /// As text: a double does not hold every seed.
    void seed(const QJsonObject& o, std::uint64_t& into)
    {
        const QJsonValue v = o.value(QStringLiteral("seed"));
        if (v.isUndefined()) return;
        bool ok = false;
        const quint64 read = v.toString().toULongLong(&ok);
        if (!ok) return fail(QStringLiteral("seed"));
        into = read;
    }
    void text(const QJsonObject& o, const char* key, PruneText& into)
    {
        const QJsonValue v = o.value(latin1(key));
        if (v.isUndefined()) return;
        const QJsonObject t = v.toObject();
        const QString source = t.value(QStringLiteral("source")).toString();
        bool known = false;
        for (std::size_t i = 0; i < std::size(kSources); ++i)
            if (source == latin1(kSources[i])) {
                into.source = static_cast<PruneText::Source>(i);
                known = true;
            }
        if (!known) fail(latin1(key));
        into.files.clear();
        const QJsonArray files = t.value(QStringLiteral("files")).toArray();
        for (const QJsonValue file : files) {
            if (!file.isString()) fail(latin1(key) + QStringLiteral("/files"));
            into.files << file.toString();
        }
        integer(t, "passages", into.passages, 0, kMostPassages);
        integer(t, "length", into.length, 0, kMostTokens);
    }
};

}  // namespace

QJsonObject cutsJson(AblationKind kind, const PruneText& calibration, std::uint64_t seed)
{
    return {{QStringLiteral("ablation"), latin1(ablationName(kind))},
            {QStringLiteral("calibration"), textJson(calibration)},
            {QStringLiteral("seed"), QString::number(seed)}};
}

bool cutsFromJson(const QJsonObject& json, PruneSettings& into)
{
    if (!json.contains(QStringLiteral("ablation"))) return false;
    PruneSettings s = into;
    PruneReader in;
    in.named<AblationKind>(json, "ablation", s.ablation, parseAblation);
    in.text(json, "calibration", s.calibration);
    in.seed(json, s.seed);
    if (!in.wrong.isEmpty()) return false;
    into = s;
    return true;
}

QJsonObject pruneJson(const PruneSettings& s)
{
    QJsonObject o = cutsJson(s.ablation, s.calibration, s.seed);
    QJsonArray orders;
    for (const OrderKind order : s.orders) orders.append(latin1(orderName(order)));
    o[QStringLiteral("test")] = textJson(s.test);
    o[QStringLiteral("random_orders")] = s.randomOrders;
    o[QStringLiteral("orders")] = orders;
    if (s.score) o[QStringLiteral("score")] = latin1(importanceName(*s.score));
    o[QStringLiteral("recompute")] = s.recompute;
    o[QStringLiteral("step_heads")] = s.stepHeads;
    return o;
}

std::optional<PruneSettings> pruneFromJson(const QJsonObject& json, QString* wrong)
{
    PruneSettings s;
    PruneReader in;
    in.named<AblationKind>(json, "ablation", s.ablation, parseAblation);
    in.text(json, "calibration", s.calibration);
    in.text(json, "test", s.test);
    in.seed(json, s.seed);
    in.integer(json, "random_orders", s.randomOrders, 0, 100000);
    in.integer(json, "step_heads", s.stepHeads, 0, 1 << 20);
    if (const QJsonValue orders = json.value(QStringLiteral("orders")); !orders.isUndefined()) {
        if (!orders.isArray()) in.fail(QStringLiteral("orders"));
        s.orders.clear();
        const QJsonArray list = orders.toArray();
        for (const QJsonValue order : list) {
            const auto kind = parseOrder(order.toString().toStdString());
            if (kind) s.orders.push_back(*kind);
            else in.fail(QStringLiteral("orders"));
        }
    }
    if (json.contains(QStringLiteral("score"))) {
        const auto kind = parseImportance(json.value(QStringLiteral("score")).toString().toStdString());
        if (kind) s.score = *kind;
        else in.fail(QStringLiteral("score"));
    }
    const QJsonValue recompute = json.value(QStringLiteral("recompute"));
    if (!recompute.isUndefined() && !recompute.isBool()) in.fail(QStringLiteral("recompute"));
    s.recompute = recompute.toBool(s.recompute);
    if (wrong) *wrong = in.wrong;
    return in.wrong.isEmpty() ? std::optional(s) : std::nullopt;
}

}  // namespace hs::ui
