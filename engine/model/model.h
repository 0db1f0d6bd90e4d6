// SPDX-License-Identifier: GPL-3.0-or-later
// An open model: configuration, inventory and weights on demand. It knows no files; engine/io supplies a WeightSource.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/model/config.h"
#include "engine/model/weights.h"
#include "engine/text/tokenizer.h"

namespace hs {

/// Reads canonical weights from wherever they are. Calls are serialised by Model.
class WeightSource {
public:
    virtual ~WeightSource() = default;
    virtual Result<std::shared_ptr<const LayerWeights>> layer(int index, const Progress& progress) = 0;
    virtual Result<std::shared_ptr<const EmbeddingWeights>> embedding(const Progress& progress) = 0;
    virtual Result<std::shared_ptr<const OutputWeights>> output(const Progress& progress) = 0;
};

/// A tokeniser's data as read, for writing it into another file; engine/io knows the inside.
struct TokenizerRecord;

/// Parts a file may lack. A partial file opens; what needs a missing part says so.
enum class Part { TokenEmbedding, PositionEmbedding, AttentionWeights, Mlp, FinalNorm, Unembedding, Tokenizer };

struct ModelIdentity {
    std::string path;
    std::string name;         ///< file or folder name for the model chip ("stories260k")
    std::string layout;       ///< "native", "transformer-lens", "hf-gpt2", "nanogpt", "hf-gpt2-tf", "hf-llama" ...
    std::string container;    ///< "hdf5", "safetensors", "npy"
    std::string weightDtype;  ///< "fp16", "bf16", "fp32", "fp64" or "mixed"
    std::string adapter;      ///< merged into the weights: its name and the hashes of its files; empty: none
};

class Model {
public:
    struct Parts {
        ModelIdentity identity;
        ModelConfig config;
        ConfigOrigins origins;
        bool headsRenamed = false;  ///< some layer lost heads, and its weights say which numbers the others had
        std::vector<TensorInfo> tensors;
        std::vector<Part> missing;
        std::vector<std::string> missingTensors;                 ///< canonical names that the configuration asks for and the file lacks
        std::shared_ptr<const Tokenizer> tokenizer;              ///< null: none found; ids still work
        std::string tokenizerOrigin;                             ///< "in the file", file name beside it, or empty
        std::shared_ptr<const TokenizerRecord> tokenizerRecord;  ///< null: there is no data to write
        std::optional<Error> tokenizerProblem;                   ///< why the one that lies there is not used; VocabularyMismatch: it is
        std::shared_ptr<WeightSource> source;
    };
    explicit Model(Parts parts);

    const ModelIdentity& identity() const { return m_parts.identity; }
    const ModelConfig& config() const { return m_parts.config; }
    const ConfigOrigins& origins() const { return m_parts.origins; }
    bool headsRenamed() const { return m_parts.headsRenamed; }
    const std::vector<TensorInfo>& tensors() const { return m_parts.tensors; }
    const std::vector<Part>& missing() const { return m_parts.missing; }
    const std::vector<std::string>& missingTensors() const { return m_parts.missingTensors; }
    const std::shared_ptr<const Tokenizer>& tokenizer() const { return m_parts.tokenizer; }
    const std::string& tokenizerOrigin() const { return m_parts.tokenizerOrigin; }
    const std::shared_ptr<const TokenizerRecord>& tokenizerRecord() const { return m_parts.tokenizerRecord; }
    /// Why a tokeniser that was found could not be used. VocabularyMismatch beside a tokeniser: it has more tokens than the embedding
    /// has rows, so a prompt may hold ids that cannot run.
    const std::optional<Error>& tokenizerProblem() const { return m_parts.tokenizerProblem; }
    /// What a request for text says when there is no tokeniser: TokenizerMissing (`item`), or why the one that lies there is not used.
    Error withoutTokenizer(std::string item = {}) const;
    /// Where weights come from, for engine/io's lossless conversion.
    const std::shared_ptr<WeightSource>& source() const { return m_parts.source; }

    bool lacks(Part part) const;
    /// Attention maps can be computed from a prompt (embedding, attention and, unless attnOnly, MLP are there).
    bool canRun() const;
    /// Logits too.
    bool canPredict() const;
    /// Logits that stand for tokens.
    bool canPredictTokens() const { return canPredict() && config().predictsTokens(); }
    /// Logits of what comes next, and with it a next-token loss.
    bool canPredictNext() const { return canPredict() && config().predictsNext(); }
    std::string guessedKeys() const;  ///< comma-separated keys whose origin is Guess
    /// Keys among them that say where one head ends and the next begins: n_heads, n_kv_heads, d_head. Nothing may be computed for each
    /// head before somebody has said them.
    std::vector<std::string> guessedHeadKeys() const;
    /// HeadsGuessed (item = first of these keys, found = the guess) as long as there are any; `Origin::User` answers.
    Status headsKnown() const;
    /// What of the model is not the file's own word: "n_heads=12" of each key that the user said, "mask_padding=0" where positions with
    /// that id are hidden, "adapter=..." where one is merged into the weights.
    std::vector<std::string> saidValues() const;

    /// Weights of a layer; read at the first call and kept while the byte budget allows. Thread-safe. NotFinite is checked on reading.
    Result<std::shared_ptr<const LayerWeights>> layer(int index, const Progress& progress = {}) const;
    /// The same for passes that need each layer once: a layer that is not in memory is read and not kept.
    Result<std::shared_ptr<const LayerWeights>> layerOnce(int index, const Progress& progress = {}) const;
    Result<std::shared_ptr<const EmbeddingWeights>> embedding(const Progress& progress = {}) const;
    Result<std::shared_ptr<const OutputWeights>> output(const Progress& progress = {}) const;
    /// Bytes of weights kept in memory at most (default: half of physical memory); oldest layers go first.
    void setCacheBudget(std::size_t bytes) const;
    std::size_t cachedBytes() const;
    /// Cost shown before a run: bytes of all weights as float32.
    std::size_t weightBytes() const;

private:
    Result<std::shared_ptr<const LayerWeights>> readLayer(int index, const Progress& progress, bool keep) const;
    Parts m_parts;
    struct Cache;
    std::shared_ptr<Cache> m_cache;
};

}  // namespace hs
