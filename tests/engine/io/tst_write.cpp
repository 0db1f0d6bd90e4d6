// SPDX-License-Identifier: GPL-3.0-or-later
// What HeadScope writes, read back: native models, run dumps, numbers; and disks that refuse.
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>

#include <filesystem>
#include <fstream>

#include <sys/stat.h>

#include "engine/forward/forward.h"
#include "engine/io/bytes/atomic_write.h"
#include "engine/io/open.h"
#include "engine/io/write/write.h"
#include "tests/support/forward_cases.h"
#include "tests/support/h5_build.h"
#include "tests/support/model_compare.h"
#include "tests/support/plain_user.h"
#include "tests/support/shared_data.h"
#include "tests/support/small_disk.h"

using namespace hs;

namespace {

std::string inside(const QTemporaryDir& folder, const char* name) { return folder.filePath(name).toStdString(); }

std::string readText(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

int filesIn(const QTemporaryDir& folder)
{
    return static_cast<int>(std::distance(std::filesystem::directory_iterator(folder.path().toStdString()), {}));
}

std::string said(const Status& s)
{
    if (s) return {};
    std::string out = "error ";
    return out.append(std::to_string(static_cast<int>(s.error().code)))
        .append(" ")
        .append(s.error().item)
        .append(" ")
        .append(s.error().found)
        .append(" / ")
        .append(s.error().expected);
}

#define HS_VERIFY_OK(status)                      \
    do {                                          \
        const std::string hsSaid = said(status);  \
        QVERIFY2(hsSaid.empty(), hsSaid.c_str()); \
    } while (false)

std::shared_ptr<const Run> smallRun(const std::shared_ptr<const Model>& model, int n = 6)
{
    const auto run = forward(model, test::randomPrompt(n, model->config().dVocab), {});
    return run ? *run : nullptr;
}

}  // namespace

class TestWrite : public QObject {
    Q_OBJECT
private slots:
    void nativeKeepsEveryArchitecture_data()
    {
        QTest::addColumn<int>("index");
        const auto cases = test::forwardCases();
        for (std::size_t i = 0; i < cases.size(); ++i) QTest::newRow(cases[i].name.c_str()) << static_cast<int>(i);
    }
    void nativeKeepsEveryArchitecture()
    {
        QFETCH(int, index);
        const test::ForwardCase c = test::forwardCases()[static_cast<std::size_t>(index)];
        const auto model = test::randomModel(c.config, c.options);
        QTemporaryDir folder;
        const std::string path = inside(folder, "out.h5");
        if (c.options.placeBias || c.options.placeVectors) {
            const Status refused = writeNativeModel(path, *model);
            QVERIFY(!refused);
            QCOMPARE(refused.error().item, std::string("position scores"));
            QCOMPARE(filesIn(folder), 0);
            return;
        }
        HS_VERIFY_OK(writeNativeModel(path, *model));
        QCOMPARE(filesIn(folder), 1);  // no temporary is left
        const auto back = openModel(path);
        QVERIFY2(back.ok(), back.ok() ? "" : back.error().item.c_str());
        for (const std::string& key : configKeys())
            QCOMPARE(QString::fromStdString(configValue((*back)->config(), key)),
                     QString::fromStdString(configValue(model->config(), key)));
        const std::string difference = test::worstModel(**back, *model);
        QVERIFY2(difference.empty(), difference.c_str());
        QCOMPARE((*back)->origins().at("n_heads").origin, Origin::FileAttribute);
        const auto a = smallRun(model), b = smallRun(*back);
        QVERIFY(a && b);
        const std::string maps = test::worst(b->residFinal, a->residFinal, 0);
        QVERIFY2(maps.empty(), maps.c_str());
    }

    void nativeFromFiles_data()
    {
        QTest::addColumn<QString>("file");
        for (const char* f :
             {"layouts/gpt2_hf_pt.h5", "layouts/gpt2_nanogpt.h5", "layouts/gpt2_tf_model.h5", "layouts/gpt2_transformerlens_f16.h5",
              "layouts/llama_gqa_pt.h5", "models/tiny-llama/model.h5", "models/induction/model.h5", "models/partial-gpt2/model.h5"})
            QTest::newRow(f) << test::fixture(f);
        for (const char* f : {"models/stories260k/model.h5", "models/induction-2l1h/model.h5", "models/gpt2-small-attention/model.h5"})
            QTest::newRow(f) << test::sharedData(f);
    }
    void nativeFromFiles()
    {
        QFETCH(QString, file);
        HS_NEED_SHARED(file);
        OpenOptions options;
        if (file.contains("/layouts/")) options.config["n_heads"] = "4";
        const auto model = openModel(file.toStdString(), options);
        QVERIFY(model.ok());
        QTemporaryDir folder;
        const std::string path = inside(folder, "native.h5");
        HS_VERIFY_OK(writeNativeModel(path, **model));
        const auto back = openModel(path);
        QVERIFY2(back.ok(), back.ok() ? "" : back.error().item.c_str());
        QCOMPARE(QString::fromStdString((*back)->identity().layout), QStringLiteral("native"));
        QCOMPARE(QString::fromStdString((*back)->identity().weightDtype), QString::fromStdString((*model)->identity().weightDtype));
        const std::string difference = test::worstModel(**back, **model);
        QVERIFY2(difference.empty(), difference.c_str());
        QCOMPARE((*back)->missing().size(), (*model)->missing().size());
        QCOMPARE((*back)->guessedKeys(), (*model)->guessedKeys());
        QCOMPARE(static_cast<bool>((*back)->tokenizer()), static_cast<bool>((*model)->tokenizer()));
        if (!(*model)->tokenizer()) return;
        QCOMPARE(QString::fromStdString((*back)->tokenizerOrigin()), QStringLiteral("in the file"));
        const std::string text = "Once upon a time, there was a little caf\u00e9.";
        const auto before = makePrompt(*(*model)->tokenizer(), text), after = makePrompt(*(*back)->tokenizer(), text);
        QVERIFY(before.ok() && after.ok());
        QCOMPARE(after->ids(), before->ids());
    }

    void runKeepsItsWindows()
    {
        ModelConfig config = test::smallConfig();
        config.window = 3;
        config.windowPerLayer = {0, 3};
        const auto model = test::randomModel(config);
        const auto run = forward(model, test::randomPrompt(9, config.dVocab), {});
        QVERIFY(run.ok());
        QTemporaryDir folder;
        const std::string path = inside(folder, "run.h5");
        HS_VERIFY_OK(writeRun(path, {*run}, {}));
        const auto opened = openFile(path);
        QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().item.c_str());
        const auto& sample = std::get<std::shared_ptr<const AttentionDump>>(*opened)->samples[0];
        for (int l = 0; l < 2; ++l) {
            QCOMPARE(sample->visibility(l).window(), l == 0 ? 0 : 3);
            const auto a = sample->stats({l, 1}), b = (*run)->stats({l, 1});
            QVERIFY(a && b);
            // Means over the queries that see a key: they need the window, not only the zeros that it leaves.
            for (const auto& [got, expected] : {std::pair{&a->columnMean, &b->columnMean}, std::pair{&a->offsetMass, &b->offsetMass}}) {
                const std::string difference = test::worst(*got, *expected, 1e-5);
                QVERIFY2(difference.empty(), difference.c_str());
            }
        }
    }

    void widthsSurvive_data()
    {
        QTest::addColumn<int>("dtype");
        QTest::newRow("fp16") << static_cast<int>(Dtype::F16);
        QTest::newRow("bf16") << static_cast<int>(Dtype::BF16);
        QTest::newRow("fp64") << static_cast<int>(Dtype::F64);
        QTest::newRow("big-endian fp32") << static_cast<int>(Dtype::F32);
    }
    void widthsSurvive()
    {
        QFETCH(int, dtype);
        const auto kind = static_cast<Dtype>(dtype);
        QTemporaryDir folder;
        const std::string path = inside(folder, "tl.h5");
        const auto put = [&](test::H5Build& out, const std::string& name, const std::vector<hsize_t>& shape) {
            std::size_t count = 1;
            for (const hsize_t n : shape) count *= n;
            std::vector<std::uint16_t> bits(count);
            std::vector<float> floats(count);
            for (std::size_t i = 0; i < count; ++i) {
                bits[i] = static_cast<std::uint16_t>(0x3c00 + (i * 37) % 512);  // a finite number in both formats
                floats[i] = 1.0f / static_cast<float>(i + 3);
            }
            if (kind == Dtype::F16 || kind == Dtype::BF16) out.halves(name, shape, bits, kind == Dtype::BF16);
            else out.floats(name, shape, floats, kind == Dtype::F64 ? H5T_IEEE_F64LE : H5T_IEEE_F32BE);
        };
        {
            test::H5Build out(path);
            for (const char* w : {"W_Q", "W_K", "W_V"}) put(out, std::string("blocks.0.attn.").append(w), {2, 8, 4});
            put(out, "blocks.0.attn.W_O", {2, 4, 8});
            put(out, "embed.W_E", {10, 8});
            put(out, "pos_embed.W_pos", {5, 8});
            put(out, "unembed.W_U", {8, 10});
        }
        const auto model = openModel(path);
        QVERIFY2(model.ok(), model.ok() ? "" : model.error().item.c_str());
        const std::string native = inside(folder, "native.h5");
        HS_VERIFY_OK(writeNativeModel(native, **model));
        const auto back = openModel(native);
        QVERIFY(back.ok());
        QCOMPARE(QString::fromStdString((*back)->identity().weightDtype), QString::fromStdString((*model)->identity().weightDtype));
        const std::string difference = test::worstModel(**back, **model);
        QVERIFY2(difference.empty(), difference.c_str());
        const auto e = (*model)->embedding();
        QVERIFY(e.ok());
        if (kind == Dtype::F16) QCOMPARE((*e)->wE(0, 1), 1.0f + 37.0f / 1024.0f);
        if (kind == Dtype::BF16) QCOMPARE((*e)->wE(0, 0), 0.0078125f);
        if (kind == Dtype::F32) QCOMPARE((*e)->wE(0, 1), 0.25f);
    }

    void prunedModelsKeepTheirHeadNumbers()
    {
        QTemporaryDir folder;
        const std::string path = inside(folder, "pruned.h5");
        {
            test::H5Build out(path);
            out.attribute("/", "format", "headscope-model");
            out.attribute("/", "format_version", "1.0");
            const auto put = [&](const std::string& name, const std::vector<hsize_t>& shape) {
                std::size_t count = 1;
                for (const hsize_t n : shape) count *= n;
                out.floats(name, shape, std::vector<float>(count, 0.125f));
            };
            for (const int layer : {0, 1}) {
                const std::string p = "layers/" + std::to_string(layer) + "/attn/";
                const hsize_t heads = layer == 0 ? 3 : 1;
                for (const char* w : {"W_Q", "W_K", "W_V"}) put(p + w, {heads, 8, 2});
                put(p + "W_O", {heads, 2, 8});
                const hsize_t dims[1] = {heads};
                const std::int64_t ids[3] = {layer == 0 ? 0 : 2, 1, 3};
                const hid_t owner = H5Oopen(out.id(), p.c_str(), H5P_DEFAULT), space = H5Screate_simple(1, dims, nullptr);
                const hid_t attribute = H5Acreate2(owner, "head_ids", H5T_STD_I64LE, space, H5P_DEFAULT, H5P_DEFAULT);
                H5Awrite(attribute, H5T_NATIVE_INT64, ids);
                H5Aclose(attribute);
                H5Sclose(space);
                H5Oclose(owner);
            }
            put("embed/W_E", {10, 8});
            put("pos_embed/W_pos", {6, 8});
        }
        const auto model = openModel(path);
        QVERIFY2(model.ok(), model.ok() ? "" : model.error().item.c_str());
        QCOMPARE((*model)->config().heads(0), 3);
        QCOMPARE((*model)->config().heads(1), 1);
        const auto layer = (*model)->layer(0);
        QVERIFY(layer.ok());
        QCOMPARE((*layer)->headIds, (std::vector<int>{0, 1, 3}));
        const std::string again = inside(folder, "again.h5");
        HS_VERIFY_OK(writeNativeModel(again, **model));
        const auto back = openModel(again);
        QVERIFY(back.ok());
        QCOMPARE((*back)->config().headsPerLayer, (std::vector<int>{3, 1}));
        const auto last = (*back)->layer(1);
        QVERIFY(last.ok());
        QCOMPARE((*last)->headIds, (std::vector<int>{2}));
        // Its run can be written and opened too.
        const auto run = smallRun(*back, 4);
        QVERIFY(run);
        const std::string dumpPath = inside(folder, "run.h5");
        HS_VERIFY_OK(writeRun(dumpPath, {run}, {}));
        const auto dump = openFile(dumpPath);
        QVERIFY(dump.ok());
        QCOMPARE(std::get<1>(*dump)->samples[0]->heads(1), 1);
    }

    void runDump_data()
    {
        QTest::addColumn<bool>("float16");
        QTest::newRow("float32") << false;
        QTest::newRow("float16") << true;
    }
    void runDump()
    {
        QFETCH(bool, float16);
        const auto model = test::randomModel(test::smallConfig());
        const auto first = smallRun(model, 9), second = smallRun(model, 5);
        QVERIFY(first && second);
        QTemporaryDir folder;
        const std::string path = inside(folder, "run.h5");
        RunWriteOptions options;
        options.float16 = float16;
        HS_VERIFY_OK(writeRun(path, {first, second}, options));
        // z stands in it as [L, n, H, d_head].
        const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), z = H5Dopen2(file, "samples/0/z", H5P_DEFAULT),
                    space = H5Dget_space(z);
        hsize_t dims[4] = {};
        QCOMPARE(H5Sget_simple_extent_dims(space, dims, nullptr), 4);
        QCOMPARE(dims[1], hsize_t(9));
        QCOMPARE(dims[2], hsize_t(4));
        H5Sclose(space);
        H5Dclose(z);
        H5Fclose(file);
        const auto opened = openFile(path);
        QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().item.c_str());
        const auto dump = std::get<std::shared_ptr<const AttentionDump>>(*opened);
        QCOMPARE(dump->samples.size(), std::size_t(2));
        const auto& sample = dump->samples[0];
        QVERIFY(!sample->looksAhead());
        QCOMPARE(sample->ids(), first->prompt->ids());
        QCOMPARE(sample->layers(), 2);
        const double tolerance = float16 ? 1e-3 : 0;
        for (int l = 0; l < 2; ++l)
            for (int h = 0; h < 4; ++h) {
                // A dump holds whole maps, to the last bit; which kernel a product takes depends on its size.
                const auto got = sample->tile({l, h}, MapKind::Weights, 2, 6, 1, 7),
                           whole = first->tile({l, h}, MapKind::Weights, 0, first->queries(), 0, first->keys());
                QVERIFY(got.ok() && whole.ok());
                MatrixF expected(6, 7);
                for (int r = 0; r < 6; ++r) std::copy_n(whole->row(2 + r) + 1, 7, expected.row(r));
                const std::string difference = test::worst(*got, expected, tolerance);
                QVERIFY2(difference.empty(), difference.c_str());
                const auto a = sample->stats({l, h}), b = first->stats({l, h});
                QVERIFY(a && b);
                const std::string entropy = test::worst(a->rowEntropy, b->rowEntropy, float16 ? 2e-2 : 1e-5);
                QVERIFY2(entropy.empty(), entropy.c_str());
                const std::string offsets = test::worst(a->offsetMass, b->offsetMass, float16 ? 1e-3 : 1e-6);
                QVERIFY2(offsets.empty(), offsets.c_str());
            }
        QVERIFY(!sample->has(MapKind::Scores));
        const auto scores = sample->tile({0, 0}, MapKind::Scores, 0, 1, 0, 1);
        QVERIFY(!scores);
        QCOMPARE(static_cast<int>(scores.error().code), static_cast<int>(ErrorCode::NeedsWeights));
        const auto logits = sample->logits();
        QVERIFY(logits.ok());
        const std::string difference = test::worst(*logits, first->logits, float16 ? 1.6e-2 : 0);
        QVERIFY2(difference.empty(), difference.c_str());
        const auto beyond = sample->tile({2, 0}, MapKind::Weights, 0, 1, 0, 1);
        QVERIFY(!beyond);
    }

    void npyAndCsv()
    {
        QTemporaryDir folder;
        MatrixF m(2, 3);
        for (int i = 0; i < 6; ++i) m.data()[i] = static_cast<float>(i) * 0.5f;
        HS_VERIFY_OK(writeNpy(inside(folder, "m.npy"), m));
        const std::string npy = readText(inside(folder, "m.npy"));
        QCOMPARE(npy.substr(0, 6), std::string("\x93NUMPY"));
        QCOMPARE((npy.size() - 24) % 64, std::size_t(0));
        QCOMPARE(npy.substr(6, 186), std::string("\x01\x00\xB6\x00", 4) + "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"
                                         + std::string(58 + 64, ' ') + '\n');  // one line of spaces more than needed: who wrote it
        float last = 0;
        std::memcpy(&last, npy.data() + npy.size() - 4, 4);
        QCOMPARE(last, 2.5f);
        QVERIFY(!writeNpy(inside(folder, "n.npy"), m, {7}));

        const auto run = smallRun(test::randomModel(test::smallConfig()), 4);
        QVERIFY(run);
        HS_VERIFY_OK(writeMapCsv(inside(folder, "m.csv"), *run, {0, 1}, MapKind::Scores));
        const std::string csv = readText(inside(folder, "m.csv"));
        QCOMPARE(std::count(csv.begin(), csv.end(), '\n'), std::ptrdiff_t(5));
        const auto scores = run->tile({0, 1}, MapKind::Scores, 3, 1, 2, 1);
        QVERIFY(scores.ok());
        QVERIFY(csv.find(QByteArray::number(static_cast<double>((*scores)(0, 0)), 'g', 4).left(4).toStdString()) != std::string::npos);
        QVERIFY(csv.find(",,") != std::string::npos);  // masked cells are empty
    }

    void fullDisk()
    {
        const auto model = test::randomModel(test::smallConfig());
        const auto run = smallRun(model, 40);
        QVERIFY(run);
        QTemporaryDir folder;
        const std::string old = "the old file";
        std::ofstream(inside(folder, "kept.npy")) << old;
        Status npy, bytes, native, dump, csv;
        {
            const test::SmallDisk disk(4096);
            npy = writeNpy(inside(folder, "kept.npy"), MatrixF(64, 64));
            bytes = writeFileAtomically(inside(folder, "b"), std::string(10000, 'x'));
            native = writeNativeModel(inside(folder, "n.h5"), *model);
            dump = writeRun(inside(folder, "r.h5"), {run}, {});
            csv = writeMapCsv(inside(folder, "m.csv"), *run, {0, 0}, MapKind::Weights);
        }
        for (const Status& s : {npy, bytes, native, dump, csv}) {
            QVERIFY(!s);
            QCOMPARE(static_cast<int>(s.error().code), static_cast<int>(ErrorCode::DiskFull));
        }
        QCOMPARE(readText(inside(folder, "kept.npy")), old);
        QCOMPARE(filesIn(folder), 1);  // every temporary is gone
        QVERIFY(npy.error().file.ends_with("kept.npy"));
    }

    void foldersThatRefuse()
    {
        QTemporaryDir folder;
        const Status missing = writeFileAtomically(inside(folder, "no/such/file.csv"), "x");
        QVERIFY(!missing);
        QCOMPARE(static_cast<int>(missing.error().code), static_cast<int>(ErrorCode::FolderMissing));
        const Status isFolder = writeFileAtomically(folder.path().toStdString(), "x");
        QVERIFY(!isFolder);
        QCOMPARE(static_cast<int>(isFolder.error().code), static_cast<int>(ErrorCode::FileIsFolder));
        const std::string refusing = inside(folder, "locked");
        mkdir(refusing.c_str(), 0500);
        const test::PlainUser user;
        QVERIFY(user.bound());
        const Status refused = writeNativeModel(refusing + "/headscope.h5", *test::randomModel(test::smallConfig()));
        QVERIFY(!refused);
        QCOMPARE(static_cast<int>(refused.error().code), static_cast<int>(ErrorCode::FolderReadOnly));
    }

    void cancelledWritingLeavesNothing()
    {
        QTemporaryDir folder;
        std::stop_source stop;
        const Progress progress(stop.get_token(), [&](const ProgressReport& r) {
            if (r.stage == Stage::Writing && r.done == 1) stop.request_stop();
        });
        const Status s = writeNativeModel(inside(folder, "n.h5"), *test::randomModel(test::smallConfig()), progress);
        QVERIFY(!s);
        QCOMPARE(static_cast<int>(s.error().code), static_cast<int>(ErrorCode::Cancelled));
        QCOMPARE(filesIn(folder), 0);
        QCOMPARE(H5Fget_obj_count(hid_t(H5F_OBJ_ALL), H5F_OBJ_ALL), ssize_t(0));
    }
};

QTEST_APPLESS_MAIN(TestWrite)
#include "tst_write.moc"
