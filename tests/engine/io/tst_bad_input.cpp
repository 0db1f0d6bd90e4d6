// SPDX-License-Identifier: GPL-3.0-or-later
// Files that must not open, each with the error that says why; made here with the library itself.
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <fstream>
#include <functional>
#include <limits>

#include <sys/stat.h>

#include "engine/io/open.h"
#include "tests/support/h5_build.h"
#include "tests/support/plain_user.h"

using namespace hs;
using test::H5Build;

namespace {

std::vector<float> values(std::size_t count, float value = 0.01f) { return std::vector<float>(count, value); }

/// A whole tiny GPT-2 (2 layers, d 8, f 16, V 10, P 4); `change` may leave out or replace datasets by name.
struct Gpt2 {
    std::map<std::string, std::vector<hsize_t>> shapes;
    std::map<std::string, std::vector<float>> contents;
    std::string config = R"({"model_type":"gpt2","n_head":2,"n_layer":2,"n_embd":8,"n_positions":4,"vocab_size":10})";

    Gpt2()
    {
        shapes["wte.weight"] = {10, 8};
        shapes["wpe.weight"] = {4, 8};
        shapes["ln_f.weight"] = shapes["ln_f.bias"] = {8};
        for (const std::string& h : {std::string("h.0."), std::string("h.1.")}) {
            for (const char* n : {"ln_1.weight", "ln_1.bias", "ln_2.weight", "ln_2.bias", "attn.c_proj.bias", "mlp.c_proj.bias"})
                shapes[h + n] = {8};
            shapes[h + "attn.c_attn.weight"] = {8, 24};
            shapes[h + "attn.c_attn.bias"] = {24};
            shapes[h + "attn.c_proj.weight"] = {8, 8};
            shapes[h + "mlp.c_fc.weight"] = {8, 16};
            shapes[h + "mlp.c_fc.bias"] = {16};
            shapes[h + "mlp.c_proj.weight"] = {16, 8};
        }
    }
    void write(const std::string& path) const
    {
        H5Build out(path);
        for (const auto& [name, shape] : shapes) {
            std::size_t count = 1;
            for (const hsize_t n : shape) count *= n;
            const auto given = contents.find(name);
            out.floats(name, shape, given == contents.end() ? values(count) : given->second);
        }
        if (!config.empty()) out.attribute("/", "config", config);
    }
};

void writeText(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

std::string readText(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

using Make = std::function<std::string(const std::string& folder)>;  ///< returns the path to open

}  // namespace
Q_DECLARE_METATYPE(Make)
Q_DECLARE_METATYPE(ErrorCode)

namespace {

void row(const char* name, ErrorCode code, const char* item, Make make) { QTest::newRow(name) << make << code << QString(item); }

/// The small GPT-2 with something spoilt.
Make changed(std::function<void(Gpt2&)> change)
{
    return [change](const std::string& folder) {
        Gpt2 g;
        change(g);
        g.write(folder + "/model.h5");
        return folder + "/model.h5";
    };
}

/// Files that hold no model at all.
void addNoModels()
{
    row("missing", ErrorCode::FileNotFound, "", [](const std::string& f) { return f + "/none.h5"; });
    row("empty", ErrorCode::FileEmpty, "", [](const std::string& f) {
        writeText(f + "/e.h5", "");
        return f + "/e.h5";
    });
    row("folder without a model", ErrorCode::FileIsFolder, "", [](const std::string& f) { return f; });
    row("text named .h5", ErrorCode::NotHdf5, "", [](const std::string& f) {
        writeText(f + "/t.h5", "once upon a time");
        return f + "/t.h5";
    });
    row("text", ErrorCode::UnknownFileKind, "", [](const std::string& f) {
        writeText(f + "/t.txt", "once upon a time");
        return f + "/t.txt";
    });
    row("zip", ErrorCode::FileTruncated, "zip", [](const std::string& f) {
        writeText(f + "/m.pt", "PK\x03\x04 rest of it");
        return f + "/m.pt";
    });
    row("truncated", ErrorCode::FileTruncated, "", [](const std::string& f) {
        Gpt2().write(f + "/model.h5");
        const std::string whole = readText(f + "/model.h5");
        writeText(f + "/cut.h5", whole.substr(0, whole.size() / 2));
        return f + "/cut.h5";
    });
    row("open in another program", ErrorCode::FileInUse, "", [](const std::string& f) {
        // What lies on the disk while a writer has it open, or after a writer that was killed.
        const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
        H5Pset_libver_bounds(access, H5F_LIBVER_LATEST, H5F_LIBVER_LATEST);
        const hid_t file = H5Fcreate((f + "/open.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access);
        H5Fflush(file, H5F_SCOPE_GLOBAL);
        writeText(f + "/copy.h5", readText(f + "/open.h5"));
        H5Fclose(file);
        H5Pclose(access);
        return f + "/copy.h5";
    });
    row("not a file", ErrorCode::FileUnreadable, "", [](const std::string& f) {
        mkfifo((f + "/pipe.h5").c_str(), 0600);
        return f + "/pipe.h5";
    });
}

/// Tensors that do not fit together.
void addWrongShapes()
{
    row("wrong rank", ErrorCode::RankMismatch, "h.1.attn.c_proj.weight", changed([](Gpt2& g) {
            g.shapes["h.1.attn.c_proj.weight"] = {2, 2, 2, 8};
        }));
    row("shapes that disagree", ErrorCode::ShapeMismatch, "h.1.attn.c_attn.weight", changed([](Gpt2& g) {
            g.shapes["h.1.attn.c_attn.weight"] = {8, 21};
        }));
    row("a short norm", ErrorCode::ShapeMismatch, "h.0.ln_1.weight", changed([](Gpt2& g) { g.shapes["h.0.ln_1.weight"] = {7}; }));
    row("unknown layout", ErrorCode::UnknownLayout, "", [](const std::string& f) {
        H5Build out(f + "/u.h5");
        out.floats("weights/first", {4, 4}, values(16));
        return f + "/u.h5";
    });
}

/// Configurations that contradict the tensors, or that the block does not know.
void addWrongConfigurations()
{
    row("contradicting heads", ErrorCode::ConfigContradiction, "n_heads", changed([](Gpt2& g) { g.config = R"({"n_head":3})"; }));
    row("contradicting width", ErrorCode::ConfigContradiction, "d_model",
        changed([](Gpt2& g) { g.config = R"({"n_head":2,"n_embd":16})"; }));
    row("contradicting layers", ErrorCode::ConfigContradiction, "n_layers",
        changed([](Gpt2& g) { g.config = R"({"n_head":2,"n_layer":3})"; }));
    row("contradicting vocabulary", ErrorCode::ConfigContradiction, "d_vocab",
        changed([](Gpt2& g) { g.config = R"({"n_head":2,"vocab_size":11})"; }));
    row("contradicting context", ErrorCode::ConfigContradiction, "n_ctx",
        changed([](Gpt2& g) { g.config = R"({"n_head":2,"n_positions":5})"; }));
    row("unknown activation", ErrorCode::ConfigInvalid, "act_fn",
        changed([](Gpt2& g) { g.config = R"({"n_head":2,"activation_function":"xielu"})"; }));
    row("scores scaled by what", ErrorCode::ConfigInvalid, "scale_attn_by_inverse_layer_idx",
        changed([](Gpt2& g) { g.config = R"({"n_head":2,"scale_attn_by_inverse_layer_idx":"layer"})"; }));
    row("configuration that is no JSON", ErrorCode::JsonInvalid, "", changed([](Gpt2& g) { g.config = "{n_head: 2"; }));
}

/// Contents that no reader takes.
void addWrongContents()
{
    row("cross attention", ErrorCode::UnknownLayout, "h.0.crossattention.c_attn.weight", changed([](Gpt2& g) {
            g.shapes["h.0.crossattention.c_attn.weight"] = {8, 16};
        }));
    row("integers for weights", ErrorCode::DtypeUnsupported, "h.0.ln_1.weight", [](const std::string& f) {
        Gpt2 g;
        g.shapes.erase("h.0.ln_1.weight");
        g.write(f + "/model.h5");
        const hid_t file = H5Fopen((f + "/model.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
        const hsize_t n = 8;
        const hid_t space = H5Screate_simple(1, &n, nullptr);
        H5Dclose(H5Dcreate2(file, "h.0.ln_1.weight", H5T_STD_I32LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
        H5Sclose(space);
        H5Fclose(file);
        return f + "/model.h5";
    });
    row("native of a later version", ErrorCode::FormatTooNew, "format_version", [](const std::string& f) {
        H5Build out(f + "/n.h5");
        out.attribute("/", "format", "headscope-model");
        out.attribute("/", "format_version", "2.0");
        return f + "/n.h5";
    });
    row("native without weights", ErrorCode::TensorMissing, "", [](const std::string& f) {
        H5Build out(f + "/n.h5");
        out.attribute("/", "format", "headscope-model");
        out.attribute("/", "format_version", "1.3");
        return f + "/n.h5";
    });
}

/// Files that reach outside themselves, or too deep.
void addUnsafeFiles()
{
    row("virtual dataset", ErrorCode::FileUnsafe, "v", [](const std::string& f) {
        H5Build out(f + "/v.h5");
        const hsize_t n = 4;
        const hid_t space = H5Screate_simple(1, &n, nullptr), plist = H5Pcreate(H5P_DATASET_CREATE);
        H5Pset_virtual(plist, space, "/etc/passwd", "x", space);
        H5Dclose(H5Dcreate2(out.id(), "v", H5T_IEEE_F32LE, space, H5P_DEFAULT, plist, H5P_DEFAULT));
        H5Pclose(plist);
        H5Sclose(space);
        return f + "/v.h5";
    });
    row("external storage", ErrorCode::FileUnsafe, "x", [](const std::string& f) {
        H5Build out(f + "/x.h5");
        const hsize_t n = 4;
        const hid_t space = H5Screate_simple(1, &n, nullptr), plist = H5Pcreate(H5P_DATASET_CREATE);
        H5Pset_external(plist, "/etc/passwd", 0, 16);
        H5Dclose(H5Dcreate2(out.id(), "x", H5T_IEEE_F32LE, space, H5P_DEFAULT, plist, H5P_DEFAULT));
        H5Pclose(plist);
        H5Sclose(space);
        return f + "/x.h5";
    });
    row("external link", ErrorCode::FileUnsafe, "out", [](const std::string& f) {
        H5Build out(f + "/l.h5");
        H5Lcreate_external("/etc/passwd", "/x", out.id(), "out", H5P_DEFAULT, H5P_DEFAULT);
        return f + "/l.h5";
    });
    row("too deep", ErrorCode::FileUnsafe, "", [](const std::string& f) {
        H5Build out(f + "/d.h5");
        std::string path;
        for (int i = 0; i < 40; ++i) path += "g/";
        out.group(path + "end");
        return f + "/d.h5";
    });
}

}  // namespace

class TestBadInput : public QObject {
    Q_OBJECT
private slots:
    void goodOnesOpen()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath("model.h5").toStdString();
        Gpt2().write(path);
        const auto model = openModel(path);
        QVERIFY2(model.ok(), model.ok() ? "" : model.error().item.c_str());
        QVERIFY((*model)->canPredict());
        QVERIFY((*model)->layer(1).ok());
    }

    void refused_data()
    {
        QTest::addColumn<Make>("make");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("item");  // empty: any
        addNoModels();
        addWrongShapes();
        addWrongConfigurations();
        addWrongContents();
        addUnsafeFiles();
    }
    void refused()
    {
        QFETCH(Make, make);
        QFETCH(ErrorCode, code);
        QFETCH(QString, item);
        QTemporaryDir folder;
        const std::string path = make(folder.path().toStdString());
        const auto opened = openFile(path);
        QVERIFY(!opened);
        QCOMPARE(static_cast<int>(opened.error().code), static_cast<int>(code));
        if (!item.isEmpty()) QCOMPARE(QString::fromStdString(opened.error().item), item);
        QCOMPARE(H5Fget_obj_count(hid_t(H5F_OBJ_ALL), H5F_OBJ_ALL), ssize_t(0));
    }

    void unreadable()
    {
        const test::PlainUser user;
        QVERIFY(user.bound());
        QTemporaryDir folder;
        const std::string path = folder.filePath("m.h5").toStdString();
        Gpt2().write(path);
        chmod(path.c_str(), 0);
        const auto opened = openFile(path);
        QVERIFY(!opened);
        QCOMPARE(static_cast<int>(opened.error().code), static_cast<int>(ErrorCode::FileUnreadable));
    }

    void notFinite_data()
    {
        QTest::addColumn<float>("bad");
        QTest::newRow("nan") << std::numeric_limits<float>::quiet_NaN();
        QTest::newRow("inf") << -std::numeric_limits<float>::infinity();
    }
    void notFinite()
    {
        QFETCH(float, bad);
        QTemporaryDir folder;
        const std::string path = folder.filePath("m.h5").toStdString();
        Gpt2 g;
        g.contents["h.1.mlp.c_fc.weight"] = values(8 * 16);
        g.contents["h.1.mlp.c_fc.weight"][37] = bad;
        g.write(path);
        const auto model = openModel(path);
        QVERIFY(model.ok());
        QVERIFY((*model)->layer(0).ok());
        const auto layer = (*model)->layer(1);
        QVERIFY(!layer);
        QCOMPARE(static_cast<int>(layer.error().code), static_cast<int>(ErrorCode::NotFinite));
        QCOMPARE(QString::fromStdString(layer.error().item), QStringLiteral("h.1.mlp.c_fc.weight"));
        QVERIFY(layer.error().found.find("37") != std::string::npos);
    }

    void missingFilterIsNamed()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath("m.h5").toStdString();
        Gpt2 g;
        g.shapes.erase("h.0.mlp.c_fc.weight");
        g.write(path);
        {
            const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
            const hsize_t dims[2] = {8, 16};
            const hid_t space = H5Screate_simple(2, dims, nullptr), plist = H5Pcreate(H5P_DATASET_CREATE);
            H5Pset_chunk(plist, 2, dims);
            H5Pset_filter(plist, 32015, H5Z_FLAG_OPTIONAL, 0, nullptr);  // which only a plug-in has
            H5Dclose(H5Dcreate2(file, "h.0.mlp.c_fc.weight", H5T_IEEE_F32LE, space, H5P_DEFAULT, plist, H5P_DEFAULT));
            H5Pclose(plist);
            H5Sclose(space);
            H5Fclose(file);
        }
        const auto model = openModel(path);
        QVERIFY(!model);
        QCOMPARE(static_cast<int>(model.error().code), static_cast<int>(ErrorCode::FilterMissing));
        QVERIFY(model.error().found.find("zstd") != std::string::npos);
    }

    void userConfiguration()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath("m.h5").toStdString();
        Gpt2 g;
        g.config.clear();
        g.write(path);
        OpenOptions options;
        const auto guessed = openModel(path, options);
        QVERIFY(guessed.ok());
        QVERIFY((*guessed)->guessedKeys().find("n_heads") != std::string::npos);
        QCOMPARE((*guessed)->guessedHeadKeys().front(), std::string("n_heads"));
        const Status unknown = (*guessed)->headsKnown();
        QVERIFY(!unknown);
        QCOMPARE(static_cast<int>(unknown.error().code), static_cast<int>(ErrorCode::HeadsGuessed));
        QCOMPARE(unknown.error().item, std::string("n_heads"));
        QCOMPARE(unknown.error().found, std::to_string((*guessed)->config().nHeads));
        QVERIFY((*guessed)->saidValues().empty());
        options.config["n_head"] = "4";  // their word for it is understood too
        options.config["act_fn"] = "gelu";
        const auto said = openModel(path, options);
        QVERIFY(said.ok());
        QCOMPARE((*said)->config().nHeads, 4);
        QCOMPARE((*said)->config().dHead, 2);
        QCOMPARE((*said)->config().activation, Activation::GeluExact);
        QCOMPARE((*said)->origins().at("n_heads").origin, Origin::User);
        QVERIFY((*said)->guessedKeys().empty());
        QVERIFY((*said)->headsKnown().ok());
        QCOMPARE((*said)->saidValues(), (std::vector<std::string>{"n_heads=4", "act_fn=gelu"}));
        options.config["n_hedas"] = "4";
        const auto slip = openModel(path, options);
        QVERIFY(!slip);
        QCOMPARE(static_cast<int>(slip.error().code), static_cast<int>(ErrorCode::ConfigUnknownKey));
        writeText(folder.filePath("c.json").toStdString(), R"({"n_heads": 8})");
        OpenOptions fromFile;
        fromFile.configFile = folder.filePath("c.json").toStdString();
        const auto file = openModel(path, fromFile);
        QVERIFY(file.ok());
        QCOMPARE((*file)->config().nHeads, 8);
        // A file beside it comes after what stands in the file, and before any guess.
        writeText(folder.filePath("config.json").toStdString(), R"({"n_head": 2, "layer_norm_epsilon": 1e-6})");
        const auto beside = openModel(path);
        QVERIFY(beside.ok());
        QCOMPARE((*beside)->origins().at("n_heads").origin, Origin::ConfigJsonBeside);
        QCOMPARE((*beside)->config().eps, 1e-6);
    }

    void slidingWindowLimitsThePrompt()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath("m.h5").toStdString();
        Gpt2 g;
        g.config = R"({"n_head":2,"sliding_window":3})";
        g.write(path);
        const auto model = openModel(path);
        QVERIFY(model.ok());
        QCOMPARE((*model)->config().nCtx, 3);
    }

    void cancelled()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath("m.h5").toStdString();
        Gpt2().write(path);
        std::stop_source stop;
        stop.request_stop();
        const auto opened = openFile(path, {}, Progress(stop.get_token(), {}));
        QVERIFY(!opened);
        QCOMPARE(static_cast<int>(opened.error().code), static_cast<int>(ErrorCode::Cancelled));
    }

    void missingHelperIsSaid()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath("m.h5").toStdString();
        Gpt2().write(path);
        qputenv("HEADSCOPE_PROBE", "/nonexistent/headscope-h5probe");
        const auto opened = openFile(path);
        qunsetenv("HEADSCOPE_PROBE");
        QVERIFY(!opened);
        QCOMPARE(QString::fromStdString(opened.error().item), QStringLiteral("headscope-h5probe"));
        QVERIFY(openFile(path).ok());
    }
};

QTEST_APPLESS_MAIN(TestBadInput)
#include "tst_bad_input.moc"
