// SPDX-License-Identifier: GPL-3.0-or-later
// Centre tab "Corpus": where one head fires most, typically and least under one of its labels, over the whole corpus.
#pragma once

#include "ui/feature/centre_tab.h"
#include "ui/labels/label_examples.h"

class QComboBox;
class QLabel;
class QLayout;
class QPushButton;
class QScrollArea;
class QStackedLayout;

namespace hs::ui {

class ExampleMapFeed;
class ExampleMaps;
class ExampleRows;
class Segment;
class StatePanel;

class CorpusTab : public CentreTab {
    Q_OBJECT
public:
    static constexpr int kRows = 25;  ///< of each kind
    explicit CorpusTab(const ViewContext& context, QWidget* parent = nullptr);
    QString id() const override { return QStringLiteral("corpus"); }
    QString title() const override { return tr("Corpus"); }
    QString statusText() const override;
    FigureSubject figureSubject() const override;
    QString obstacle() const override;
    ExampleRows* rows() const { return m_rows; }
    ExampleMaps* map() const { return m_map; }
    QComboBox* labels() const { return m_label; }
    /// Answer to examplesWanted; dropped when another head or label is shown by now.
    void setExamples(hs::HeadId head, const hs::LabelId& label, const std::string& variant, std::vector<ExampleRow> best,
                     std::vector<ExampleRow> worst, std::vector<ExampleRow> typical, std::vector<ExampleDocument> documents);
    void setWaiting(bool waiting, const QString& problem);

Q_SIGNALS:
    void examplesWanted(hs::HeadId head, const hs::LabelId& label, const std::string& variant, int count);
    void labelRequested();

protected:
    void showEvent(QShowEvent* event) override;

private:
    QLayout* buildBar();
    QLayout* buildSentences();
    QLayout* buildRowsAndMap();
    void connectAll();
    void openPassage(const ExampleLine& line);
    const HeadLabel* chosen() const;
    void refresh();
    void fillLabels();
    void showRows();
    void showMap();

    ViewContext m_c;
    QLabel *m_title, *m_sentence, *m_note;
    QComboBox* m_label;
    Segment* m_which;
    ExampleRows* m_rows;
    QScrollArea* m_scroll;  ///< holds the rows
    ExampleMaps* m_map;     ///< of the current row
    ExampleMapFeed* m_feed;
    QLabel* m_mapNote;
    QPushButton* m_open;
    StatePanel* m_state;
    QStackedLayout* m_stack;
    HeadId m_head{-1, -1};
    std::vector<ExampleRow> m_lists[3];  ///< most, typical, least
    std::vector<ExampleDocument> m_documents;
    bool m_asked = false;
    QString m_waiting;
};

}  // namespace hs::ui
