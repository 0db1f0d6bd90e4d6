// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/grey_out.h"

#include <QGraphicsEffect>
#include <QImage>
#include <QPainter>
#include <QPixmap>
#include <QWidget>

namespace hs::ui {

namespace {

constexpr double kPale = 0.5;

class GreyEffect : public QGraphicsEffect {
public:
    using QGraphicsEffect::QGraphicsEffect;

protected:
    void draw(QPainter* painter) override
    {
        QPoint at;
        const QPixmap coloured = sourcePixmap(Qt::DeviceCoordinates, &at);
        QImage image = coloured.toImage().convertToFormat(QImage::Format_ARGB32);
        for (int y = 0; y < image.height(); ++y) {
            auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
            for (int x = 0; x < image.width(); ++x) {
                const int grey = qGray(line[x]);
                line[x] = qRgba(grey, grey, grey, qAlpha(line[x]));
            }
        }
        painter->save();
        painter->setWorldTransform({});  // the pixmap's own coordinates are those of the device
        painter->setOpacity(kPale);
        painter->drawImage(at, image);
        painter->restore();
    }
};

}  // namespace

void setGreyedOut(QWidget* widget, bool grey)
{
    if (grey == isGreyedOut(widget)) return;
    widget->setGraphicsEffect(grey ? new GreyEffect(widget) : nullptr);  // the widget deletes the old one
}

bool isGreyedOut(const QWidget* widget) { return dynamic_cast<GreyEffect*>(widget->graphicsEffect()) != nullptr; }

}  // namespace hs::ui
