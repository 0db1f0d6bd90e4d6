// SPDX-License-Identifier: GPL-3.0-or-later
// Between atlas and table: one chip for each label with its count (a filter), or the way to the first labels, or how far they are.
#pragma once

#include <QPushButton>
#include <QWidget>
#include <vector>

#include "ui/labels/label_mark.h"
#include "ui/state/view_context.h"

class QLabel;

namespace hs::ui {

/// A chip: code box and count. Checkable, painted in the frame's own style.
class LabelChip : public QPushButton {
    Q_OBJECT
public:
    /// `code` empty: words only ("All").
    LabelChip(const QString& code, const QString& words, int count, QWidget* parent);
    const QString& code() const { return m_mark.code; }
    /// Heads that carry the label behind another one: "6 + 5", and the tooltip names them.
    void setFurther(const std::vector<HeadId>& heads);
    QString number() const;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    LabelMark m_mark;
    QString m_words;
    int m_count, m_further = 0;
};

class LabelFilterBar : public QWidget {
    Q_OBJECT
public:
    explicit LabelFilterBar(const ViewContext& context, QWidget* parent = nullptr);
    const std::vector<LabelChip*>& chips() const { return m_chips; }
    QPushButton* labelButton() const { return m_label; }
    /// A job at work: its words and Cancel. Empty words: none.
    void setProgress(const QString& words);
    /// The line under the chips: what the labels rest on.
    void setProvenance(const QString& words, const QString& tip);
    /// False: the model cannot be labelled, and why.
    void setPossible(bool possible, const QString& reason);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return {240, heightForWidth(std::max(240, width()))}; }
    QSize minimumSizeHint() const override { return {120, 24}; }

Q_SIGNALS:
    void labelRequested();
    void cancelRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void rebuild();
    void follow();
    int place(int width, bool move) const;
    void toggled(const LabelChip* chip);
    void toggle(const QString& code, bool adds);
    void chooseAttribute(const LabelChip* chip);

    ViewContext m_c;
    std::vector<LabelChip*> m_chips;
    QPushButton* m_label;
    QPushButton* m_cancel;
    QLabel* m_words;
    QPushButton* m_data;
    QString m_progress, m_provenance;
    bool m_possible = false;
};

}  // namespace hs::ui
