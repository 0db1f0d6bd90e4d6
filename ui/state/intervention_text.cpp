// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/intervention_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>
#include <cmath>

namespace hs::ui {

namespace {

struct InterventionsTr {
    Q_DECLARE_TR_FUNCTIONS(Interventions)
};

QStringList pieces(const QString& text) { return text.split(QRegularExpression(QStringLiteral("[,;\\s]+")), Qt::SkipEmptyParts); }

std::optional<std::vector<float>> numbersIn(const QString& text)
{
    std::vector<float> out;
    for (const QString& piece : pieces(text)) {
        bool ok = false;
        const double v = piece.toDouble(&ok);
        if (!ok || !std::isfinite(v)) return std::nullopt;
        out.push_back(static_cast<float>(v));
    }
    return out;
}

/// "3, 5-7"
std::optional<std::vector<int>> positionsIn(const QString& text, int n)
{
    std::vector<int> out;
    for (const QString& piece : pieces(text)) {
        const QStringList ends = piece.split(QLatin1Char('-'));
        bool a = false, b = false;
        const int from = ends.value(0).toInt(&a), to = ends.size() == 2 ? ends[1].toInt(&b) : from;
        if (!a || ends.size() > 2 || (ends.size() == 2 && !b) || from < 0 || to >= n || to < from) return std::nullopt;
        for (int i = from; i <= to; ++i) out.push_back(i);
    }
    return out;
}

std::optional<std::vector<std::pair<int, int>>> edgesIn(const QString& text, int n)
{
    std::vector<std::pair<int, int>> out;
    for (const QString& piece : pieces(text)) {
        const QStringList ends = piece.split(QLatin1Char('>'));
        bool a = false, b = false;
        const int query = ends.value(0).toInt(&a), key = ends.value(1).toInt(&b);
        if (ends.size() != 2 || !a || !b || query < 0 || key < 0 || query >= n || key >= n) return std::nullopt;
        out.emplace_back(query, key);
    }
    return out;
}

QString joined(const std::vector<float>& values)
{
    QStringList out;
    for (const float v : values) out << QString::number(static_cast<double>(v), 'g', 6);
    return out.join(QStringLiteral(", "));
}

}  // namespace

const std::vector<InterventionKind>& editableInterventions()
{
    static const std::vector<InterventionKind> list{InterventionKind::ZeroHead,      InterventionKind::ScaleHead,
                                                    InterventionKind::MeanHead,      InterventionKind::AddToHead,
                                                    InterventionKind::KnockOutEdges, InterventionKind::ClampEdges,
                                                    InterventionKind::ForceRow};
    return list;
}

QString interventionTitle(InterventionKind kind)
{
    switch (kind) {
    case InterventionKind::ScaleHead: return InterventionsTr::tr("Scale");
    case InterventionKind::ZeroHead: return InterventionsTr::tr("Switch off");
    case InterventionKind::MeanHead: return InterventionsTr::tr("Set");
    case InterventionKind::AddToHead: return InterventionsTr::tr("Add");
    case InterventionKind::KnockOutEdges: return InterventionsTr::tr("Knock out edges");
    case InterventionKind::ForceRow: return InterventionsTr::tr("Force a row");
    case InterventionKind::ClampEdges: return InterventionsTr::tr("Clamp edges");
    case InterventionKind::Replace: return InterventionsTr::tr("Replace");
    }
    return {};
}

QString siteTitle(Site site)
{
    switch (site) {
    case Site::ResidPre: return InterventionsTr::tr("resid_pre (residual stream before the block)");
    case Site::ResidMid: return InterventionsTr::tr("resid_mid (residual stream after attention)");
    case Site::ResidPost: return InterventionsTr::tr("resid_post (residual stream after the block)");
    case Site::AttnOut: return InterventionsTr::tr("attn_out (all heads together)");
    case Site::MlpOut: return InterventionsTr::tr("mlp_out (output of the MLP)");
    case Site::Z: return InterventionsTr::tr("z (head output before W_O)");
    case Site::Q: return InterventionsTr::tr("q (queries)");
    case Site::K: return InterventionsTr::tr("k (keys)");
    case Site::V: return InterventionsTr::tr("v (values)");
    case Site::Pattern: return InterventionsTr::tr("pattern (attention weights)");
    }
    return {};
}

QString interventionSentence(const Intervention& i, const QString& off)
{
    const QString where = i.positions.empty() || i.kind == InterventionKind::ForceRow ? QString()
                          : i.positions.size() == 1 ? InterventionsTr::tr(", at token %1").arg(i.positions.front())
                                                    : InterventionsTr::tr(", at %1 tokens").arg(i.positions.size());
    if (!off.isEmpty()) return off + where;
    switch (i.kind) {
    case InterventionKind::ScaleHead: return InterventionsTr::tr("output times %1").arg(static_cast<double>(i.value), 0, 'g', 4) + where;
    case InterventionKind::ZeroHead: return InterventionsTr::tr("writes zero") + where;
    case InterventionKind::MeanHead:
        return (i.vector.empty() ? InterventionsTr::tr("output becomes its mean over the prompt")
                                 : InterventionsTr::tr("output becomes a given vector"))
               + where;
    case InterventionKind::AddToHead: return InterventionsTr::tr("a vector is added to the output") + where;
    case InterventionKind::KnockOutEdges:
        return i.edges.size() == 1 ? InterventionsTr::tr("edge %1 → %2 is cut").arg(i.edges.front().first).arg(i.edges.front().second)
                                   : InterventionsTr::tr("%1 edges are cut").arg(i.edges.size());
    case InterventionKind::ClampEdges:
        return InterventionsTr::tr("%1 held at weight %2")
            .arg(i.edges.size() == 1 ? InterventionsTr::tr("edge %1 → %2").arg(i.edges.front().first).arg(i.edges.front().second)
                                     : InterventionsTr::tr("%1 edges").arg(i.edges.size()))
            .arg(static_cast<double>(i.value), 0, 'g', 4);
    case InterventionKind::ForceRow:
        return InterventionsTr::tr("row %1 of the pattern is given").arg(i.positions.empty() ? 0 : i.positions.front());
    case InterventionKind::Replace: return InterventionsTr::tr("%1 comes from another run").arg(siteTitle(i.site)) + where;
    }
    return {};
}

QString detailsHint(InterventionKind kind)
{
    switch (kind) {
    case InterventionKind::ScaleHead:
    case InterventionKind::ZeroHead: return InterventionsTr::tr("tokens: 3, 5-7; empty: all");
    case InterventionKind::MeanHead: return InterventionsTr::tr("empty: its mean; or numbers: 0.5 for all, or one for each dimension");
    case InterventionKind::AddToHead: return InterventionsTr::tr("numbers: 0.5 for all, or one for each dimension");
    case InterventionKind::KnockOutEdges:
    case InterventionKind::ClampEdges: return InterventionsTr::tr("query>key, for example 5>2, 6>3");
    case InterventionKind::ForceRow: return InterventionsTr::tr("query: key or “uniform”, for example 5: 2");
    case InterventionKind::Replace: return {};
    }
    return {};
}

bool usesValue(InterventionKind kind) { return kind == InterventionKind::ScaleHead || kind == InterventionKind::ClampEdges; }

QString detailsText(const Intervention& i)
{
    QStringList out;
    switch (i.kind) {
    case InterventionKind::ScaleHead:
    case InterventionKind::ZeroHead:
        for (const int p : i.positions) out << QString::number(p);
        return out.join(QStringLiteral(", "));
    case InterventionKind::MeanHead:
    case InterventionKind::AddToHead: return joined(i.vector);
    case InterventionKind::KnockOutEdges:
    case InterventionKind::ClampEdges:
        for (const auto& [q, k] : i.edges) out << QStringLiteral("%1>%2").arg(q).arg(k);
        return out.join(QStringLiteral(", "));
    case InterventionKind::ForceRow:
        return QStringLiteral("%1: %2").arg(i.positions.empty() ? 0 : i.positions.front()).arg(joined(i.vector));
    case InterventionKind::Replace: return {};
    }
    return {};
}

std::optional<Intervention> interventionFromText(InterventionKind kind, HeadId head, double value, const QString& details,
                                                 const ModelConfig& config, int n, QString* problem)
{
    const auto fail = [problem](const QString& words) -> std::optional<Intervention> {
        if (problem) *problem = words;
        return std::nullopt;
    };
    if (head.layer < 0 || head.layer >= config.nLayers || head.head < 0 || head.head >= config.heads(head.layer))
        return fail(InterventionsTr::tr("There is no such head in this model."));
    Intervention i;
    i.kind = kind;
    i.head = head;
    const QString text = details.trimmed();
    switch (kind) {
    case InterventionKind::ScaleHead: i.value = static_cast<float>(value); [[fallthrough]];
    case InterventionKind::ZeroHead: {
        const auto positions = positionsIn(text, n);
        if (!positions) return fail(InterventionsTr::tr("Tokens are numbers from 0 to %1, for example 3, 5-7.").arg(n - 1));
        i.positions = *positions;
        break;
    }
    case InterventionKind::MeanHead:
    case InterventionKind::AddToHead: {
        auto numbers = numbersIn(text);
        const std::size_t width = std::size_t(config.dHead);
        if (!numbers || (numbers->empty() && kind == InterventionKind::AddToHead))
            return fail(InterventionsTr::tr("Give a number, or %1 numbers.").arg(width));
        if (numbers->size() == 1) numbers->assign(width, numbers->front());
        if (!numbers->empty() && numbers->size() != width)
            return fail(InterventionsTr::tr("A head's output has %1 numbers; %2 are given.").arg(width).arg(numbers->size()));
        i.vector = std::move(*numbers);
        break;
    }
    case InterventionKind::KnockOutEdges:
    case InterventionKind::ClampEdges: {
        const auto edges = edgesIn(text, n);
        if (!edges || edges->empty())
            return fail(InterventionsTr::tr("Edges are query>key with tokens from 0 to %1, for example 5>2.").arg(n - 1));
        for (const auto& [q, k] : *edges) {
            if (config.visibility(i.head.layer).sees(q, k)) continue;
            return fail(k > q ? InterventionsTr::tr("Token %1 cannot see token %2: it comes later.").arg(q).arg(k)
                              : InterventionsTr::tr("Token %1 cannot see token %2: it lies before the window of %3 tokens.")
                                    .arg(q)
                                    .arg(k)
                                    .arg(config.visibility(i.head.layer).window()));
        }
        if (kind == InterventionKind::ClampEdges && (value < 0 || value > 1))
            return fail(InterventionsTr::tr("An attention weight lies between 0 and 1."));
        i.edges = *edges;
        i.value = kind == InterventionKind::ClampEdges ? static_cast<float>(value) : 0.0f;
        break;
    }
    case InterventionKind::ForceRow: {
        const qsizetype colon = text.indexOf(QLatin1Char(':'));
        bool ok = false;
        const int query = text.left(colon < 0 ? text.size() : colon).trimmed().toInt(&ok);
        if (colon < 0 || !ok || query < 0 || query >= n)
            return fail(InterventionsTr::tr("Give the query and its keys, for example 5: 2 or 5: uniform."));
        const QString rest = text.mid(colon + 1).trimmed();
        const KeyRange seen = visible(config, i.head.layer, query, n);
        i.positions = {query};
        i.vector.assign(std::size_t(n), 0.0f);
        const auto numbers = numbersIn(rest);
        if (rest == QLatin1String("uniform")) {
            for (int k = seen.first; k < seen.end; ++k) i.vector[std::size_t(k)] = 1.0f / static_cast<float>(seen.size());
        } else if (numbers && int(numbers->size()) == n) {
            i.vector = *numbers;
        } else if (const auto keys = positionsIn(rest, seen.end); keys && !keys->empty()) {
            for (const int k : *keys) i.vector[std::size_t(k)] = 1.0f / static_cast<float>(keys->size());
        } else return fail(InterventionsTr::tr("Keys are tokens from 0 to %1, “uniform”, or %2 weights.").arg(seen.end - 1).arg(n));
        break;
    }
    case InterventionKind::Replace: return fail(InterventionsTr::tr("Activations of another run are put in by patching."));
    }
    const Status status = checkInterventions({i}, config, n);
    if (!status)
        return fail(InterventionsTr::tr("The engine refuses it: %1 is %2; %3 was expected.")
                        .arg(QString::fromStdString(status.error().item), QString::fromStdString(status.error().found),
                             QString::fromStdString(status.error().expected)));
    return i;
}

}  // namespace hs::ui
