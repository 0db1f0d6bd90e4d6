// SPDX-License-Identifier: GPL-3.0-or-later
// Class lists in the window: codes, edits with undo, files, and whether a list is about the open model.
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>
#include <set>

#include "engine/io/open.h"
#include "tests/support/paths.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/graph/class_store.h"
#include "ui/state/project.h"

using namespace hs;
using namespace hs::ui;

namespace {
const QString kSets = test::sourceFile("resources/class_sets");
}

class TestClassStore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void codesAreShortAndDifferent()
    {
        QCOMPARE(classCodes({QStringLiteral("Previous Token"), QStringLiteral("Induction"), QStringLiteral("S-Inhibition"),
                             QStringLiteral("Negative Name Mover"), QStringLiteral("Name Mover")}),
                 (QStringList{QStringLiteral("PT"), QStringLiteral("In"), QStringLiteral("SI"), QStringLiteral("NNM"),
                              QStringLiteral("NM")}));
        QCOMPARE(classCodes({QStringLiteral("Inner"), QStringLiteral("Induction"), QStringLiteral("in"), QString()}),
                 (QStringList{QStringLiteral("In"), QStringLiteral("In2"), QStringLiteral("In3"), QStringLiteral("?")}));
    }

    void modelsByName()
    {
        QVERIFY(sameModelName(QStringLiteral("GPT-2 small"), QStringLiteral("gpt2-small-attention")));
        QVERIFY(!sameModelName(QStringLiteral("GPT-2 small"), QStringLiteral("stories260k")));
        QVERIFY(!sameModelName(QStringLiteral("GPT-2 small"), QStringLiteral("gpt2-medium")));
    }

    void readyMadeSetsHaveNames()
    {
        EngineBridge bridge;
        Project project;
        ClassStore store(&bridge, &project);
        store.setFolder(kSets);
        QCOMPARE(store.readyMade().size(), std::size_t(2));
        for (const auto& set : store.readyMade()) {
            QVERIFY(set.name.contains(QStringLiteral("IOI")));
            QVERIFY(QFileInfo(set.path).isFile());
        }
        store.setFolder({});
        QVERIFY(store.readyMade().empty());
    }

    void loadsEditsUndoesSaves()
    {
        EngineBridge bridge;
        Project project;
        ClassStore store(&bridge, &project);
        QSignalSpy message(&store, &ClassStore::message), failed(&store, &ClassStore::failed);
        store.load(kSets + QStringLiteral("/ioi_wang2022.json"));
        QTRY_VERIFY(store.list());
        QCOMPARE(store.list()->classes.size(), std::size_t(7));
        QVERIFY(!store.edited());
        QCOMPARE(store.codes({9, 9}), QStringLiteral("NM"));
        QCOMPARE(store.names({9, 9}), QStringLiteral("Name Mover"));
        QCOMPARE(store.codes({0, 5}), QString());

        const ClassList before = *store.list();
        QVERIFY(store.setMember(0, {0, 5}, true));
        QVERIFY(!store.setMember(0, {0, 5}, true));
        QVERIFY(store.addClass(QStringLiteral("  My   Class ")));
        QVERIFY(!store.addClass(QStringLiteral("My Class")));
        QVERIFY(!store.addClass(QStringLiteral("  ")));
        QVERIFY(store.renameClass(7, QStringLiteral("Other")));
        QVERIFY(!store.renameClass(7, QStringLiteral("Induction")));
        QVERIFY(!store.renameClass(99, QStringLiteral("x")));
        QVERIFY(store.setMember(7, {9, 9}, true));
        QCOMPARE(store.codes({9, 9}), QStringLiteral("NM+Ot"));
        QVERIFY(store.removeClass(1));
        QVERIFY(store.edited());
        QCOMPARE(store.list()->classes.size(), std::size_t(7));

        QTemporaryDir folder;
        const ClassList edited = *store.list();
        for (const QString& name : {QStringLiteral("mine.json"), QStringLiteral("mine.csv")}) {
            message.clear();
            store.save(folder.filePath(name));
            QTRY_COMPARE(message.size(), 1);
            QVERIFY(!store.edited());
            QCOMPARE(store.path(), folder.filePath(name));
            ClassStore again(&bridge, &project);
            again.load(folder.filePath(name));
            QTRY_VERIFY(again.list());
            QVERIFY(*again.list() == edited);
            project.undo().undo();  // the second store's list is gone again
            QVERIFY(!again.list());
        }
        for (int i = 0; i < 5; ++i) project.undo().undo();
        QVERIFY(*store.list() == before);
        project.undo().undo();
        QVERIFY(!store.list());
        QCOMPARE(failed.size(), 0);
    }

    void comesBackWithItsProject()
    {
        EngineBridge bridge;
        Project project;
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("mine.json"));
        QVERIFY(QFile::copy(kSets + QStringLiteral("/ioi_wang2022.json"), path));
        ClassStore store(&bridge, &project);
        QVERIFY(store.reference().empty());
        store.load(path);
        QTRY_VERIFY(store.list());
        const ClassListRef asRead = store.reference();
        QCOMPARE(asRead.path, path);
        QCOMPARE(asRead.sha256.size(), 64);
        QVERIFY(asRead.edited.isEmpty());

        // As its file says.
        ClassStore again(&bridge, &project);
        QSignalSpy message(&again, &ClassStore::message);
        const int steps = project.undo().count();
        again.restore(asRead);
        QCOMPARE(again.reference(), asRead);  // saved while it is on its way
        QTRY_VERIFY(again.list());
        QVERIFY(*again.list() == *store.list());
        QVERIFY(!again.edited() && again.complaint().isEmpty() && message.isEmpty());
        QCOMPARE(again.reference(), asRead);
        QCOMPARE(project.undo().count(), steps);  // no step of the user's

        // With edits that were never written.
        QVERIFY(store.setMember(0, {0, 5}, true));
        const ClassListRef withEdits = store.reference();
        QVERIFY(!withEdits.edited.isEmpty());
        again.restore(withEdits);
        QVERIFY(again.list() && *again.list() == *store.list());
        QVERIFY(again.edited());
        QCOMPARE(again.path(), path);
        QCOMPARE(again.reference(), withEdits);

        // Another writes the file: the list comes as it is now, and that is said.
        store.save(path);
        QTRY_VERIFY(!store.edited());
        QVERIFY(store.reference().sha256 != asRead.sha256);
        again.restore(asRead);
        QTRY_VERIFY(again.list());
        QVERIFY2(again.complaint().contains(QStringLiteral("mine.json")) && again.complaint().contains(QStringLiteral("changed")),
                 qPrintable(again.complaint()));
        QVERIFY(*again.list() == *store.list());

        // The file is gone: no list, clear words, and the project still knows which one it was.
        QVERIFY(QFile::remove(path));
        message.clear();
        again.restore(asRead);
        QTRY_VERIFY(!again.complaint().isEmpty());
        QVERIFY(!again.list());
        QVERIFY2(again.complaint().contains(QStringLiteral("not there")) && again.complaint().contains(folder.path()),
                 qPrintable(again.complaint()));
        QCOMPARE(message.size(), 1);
        QCOMPARE(again.reference(), asRead);
        again.startNew();
        QVERIFY(again.complaint().isEmpty());
        again.restore({});
        QVERIFY(!again.list() && again.reference().empty());
    }

    void badFilesLeaveTheListAlone()
    {
        EngineBridge bridge;
        Project project;
        ClassStore store(&bridge, &project);
        store.startNew();
        QVERIFY(store.addClass(QStringLiteral("Keep")));
        const auto before = store.list();
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("bad.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"classes\": [{\"name\": \"A\", \"heads\": [\"nonsense\"]}]}");
        file.close();
        QSignalSpy failed(&store, &ClassStore::failed);
        store.load(file.fileName());
        QTRY_COMPARE(failed.size(), 1);
        store.load(folder.filePath(QStringLiteral("missing.json")));
        QTRY_COMPARE(failed.size(), 2);
        store.save(folder.filePath(QStringLiteral("no such folder/a.json")));
        QTRY_COMPARE(failed.size(), 3);
        QVERIFY(store.list() == before);
        QVERIFY(!QFileInfo::exists(folder.filePath(QStringLiteral("no such folder"))));
    }

    void listOfAnotherModel()
    {
        EngineBridge bridge;
        Project project;
        ClassStore store(&bridge, &project);
        store.load(kSets + QStringLiteral("/ioi_wang2022.json"));
        QTRY_VERIFY(store.list());
        QVERIFY(!store.otherModel());  // nothing is open
        auto model = openModel(test::samplePath());
        QVERIFY(model.ok());
        project.setModel(*model);
        QVERIFY(store.otherModel());
        int foreign = 0;
        std::set<HeadId> seen;
        for (const HeadClass& c : store.list()->classes)
            for (const HeadId h : c.heads)
                if (seen.insert(h).second) foreign += h.layer >= (*model)->config().nLayers || h.head >= (*model)->config().heads(h.layer);
        QVERIFY(foreign > 0);
        QCOMPARE(store.foreignHeads(), foreign);
        store.close();
        store.startNew();
        QVERIFY(!store.otherModel());  // a list made here is about what is open
    }
};

QTEST_MAIN(TestClassStore)
#include "tst_class_store.moc"
