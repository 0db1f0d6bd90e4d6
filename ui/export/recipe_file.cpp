// SPDX-License-Identifier: GPL-3.0-or-later
// Where the recipe stands inside PNG, SVG and PDF.
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QXmlStreamReader>

#include "ui/export/recipe.h"

namespace hs::ui {

namespace {

constexpr qint64 kLargest = 256LL << 20;
const char* const kNamespace = "https://headscope.github.io/ns/recipe/1.0/";

/// Text of the first element with this name. Entities are never loaded: QXmlStreamReader knows only the five of XML.
std::optional<QByteArray> elementText(const QByteArray& xml, QStringView name)
{
    QXmlStreamReader reader(xml);
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement() && reader.name() == name && reader.namespaceUri() == QLatin1String(kNamespace))
            return reader.readElementText().toUtf8();
    }
    return std::nullopt;
}

std::optional<Recipe> fromXml(const QByteArray& xml)
{
    const auto text = elementText(xml, u"recipe");
    return text ? recipeFromJson(*text) : std::nullopt;
}

/// What XML has no place for, named: U+FFFE, U+FFFF and control characters, in UTF-8. Markup is left as it is.
QByteArray xmlSafe(const QByteArray& xml)
{
    QByteArray out;
    out.reserve(xml.size());
    for (qsizetype i = 0; i < xml.size(); ++i) {
        const auto c = static_cast<unsigned char>(xml[i]);
        const bool last = i + 2 < xml.size() && c == 0xEF && static_cast<unsigned char>(xml[i + 1]) == 0xBF;
        const int third = last ? static_cast<unsigned char>(xml[i + 2]) : 0;
        if (third == 0xBE || third == 0xBF) {
            out += third == 0xBE ? "&lt;U+FFFE&gt;" : "&lt;U+FFFF&gt;";
            i += 2;
        } else if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') {
            out += "&lt;0x" + QByteArray::number(c, 16).rightJustified(2, '0') + "&gt;";
        } else {
            out += xml[i];
        }
    }
    return out;
}

}  // namespace

QByteArray readableSvg(const QByteArray& svg) { return xmlSafe(svg); }

QString recipePngKey() { return QStringLiteral("HeadScope"); }

QByteArray recipeIntoSvg(const QByteArray& svg, const QByteArray& json)
{
    const qsizetype open = svg.indexOf("<svg");
    const qsizetype close = open < 0 ? -1 : svg.indexOf('>', open);
    if (close < 0) return svg;
    const QByteArray metadata = "\n<metadata><recipe xmlns=\"" + QByteArray(kNamespace) + "\">"
                                + QString::fromLatin1(json).toHtmlEscaped().toLatin1() + "</recipe></metadata>";
    return svg.left(close + 1) + metadata + svg.mid(close + 1);
}

QByteArray recipeAsXmp(const QByteArray& json, const QString& title)
{
    // An XMP packet, plain in the file, as PDF readers and catalogues expect it.
    return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
           "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
           "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:hs=\"" + QByteArray(kNamespace) + "\">"
           "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" + xmlSafe(title.toHtmlEscaped().toUtf8()) + "</rdf:li></rdf:Alt></dc:title>"
           "<hs:recipe>" + QString::fromLatin1(json).toHtmlEscaped().toLatin1() + "</hs:recipe>"
           "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>";
}

std::optional<Recipe> readRecipe(const QString& path)
{
    QFile file(path);
    if (QFileInfo(path).isDir() || !file.open(QIODevice::ReadOnly) || file.size() > kLargest) return std::nullopt;
    const QByteArray head = file.peek(1024);
    if (head.startsWith("\x89PNG")) {
        file.close();
        QImageReader reader(path, "png");
        return recipeFromJson(reader.text(recipePngKey()).toLatin1());
    }
    const bool pdf = head.startsWith("%PDF");
    if (!pdf && !head.contains("<svg") && !head.trimmed().startsWith("<?xml")) return std::nullopt;
    const QByteArray bytes = file.readAll();
    if (!pdf) return fromXml(bytes);
    // The packet of the last revision counts; it is written without compression.
    const qsizetype begin = bytes.lastIndexOf("<x:xmpmeta"), end = bytes.indexOf("</x:xmpmeta>", begin);
    if (begin < 0 || end < 0) return std::nullopt;
    return fromXml(bytes.mid(begin, end - begin + 12));
}

}  // namespace hs::ui
