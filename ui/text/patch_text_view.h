// SPDX-License-Identifier: GPL-3.0-or-later
// The prompt with each token coloured by how its loss changed: orange harder, blue easier, paper unchanged.
#pragma once

#include <QStringList>
#include <QWidget>
#include <vector>

namespace hs::ui {

class LossTextView : public QWidget {
    Q_OBJECT
public:
    explicit LossTextView(QWidget* parent = nullptr);
    /// `before`, `after`: -log p of each token, NaN for the first; as many as tokens.
    void setLosses(const QStringList& tokens, std::vector<double> before, std::vector<double> after);
    int current() const { return m_current; }
    QString readout() const;
    double range() const { return m_range; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void readoutChanged(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    int layoutTokens(int width, std::vector<QRectF>* boxes) const;
    void go(int token);
    QStringList m_tokens;
    std::vector<double> m_before, m_after;
    std::vector<QRectF> m_boxes;
    double m_range = 0;
    int m_current = -1;
};

}  // namespace hs::ui
