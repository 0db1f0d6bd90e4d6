// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/h5/attribute.h"

#include <cmath>

#include "engine/base/plain_text.h"
#include "engine/io/h5/strings.h"

namespace hs::h5 {

namespace {

/// h5py writes bool as an enumeration over int8 with the members FALSE and TRUE. Read as it stands, one to eight bytes an element.
std::vector<std::int64_t> enumValues(const std::vector<unsigned char>& raw, std::size_t width, bool bigEndian)
{
    std::vector<std::int64_t> out;
    for (std::size_t at = 0; at + width <= raw.size(); at += width) {
        std::uint64_t value = 0;
        for (std::size_t b = 0; b < width; ++b) value = (value << 8) | raw[at + (bigEndian ? b : width - 1 - b)];
        out.push_back(static_cast<std::int64_t>(value));
    }
    return out;
}

Result<Attribute> readOne(hid_t attribute, const std::string& file, const std::string& name)
{
    Attribute out;
    const Handle type(H5Aget_type(attribute), H5Tclose), space(H5Aget_space(attribute), H5Sclose);
    if (!type || !space) return Error::in(file, ErrorCode::FileDamaged, name, takeError());
    const hssize_t points = H5Sget_simple_extent_npoints(space.id());
    const std::size_t width = H5Tget_size(type.id());
    if (points < 0 || width == 0) return Error::in(file, ErrorCode::FileDamaged, name, takeError());
    if (static_cast<std::uint64_t>(points) > maxAttributeBytes / width)
        return Error::in(file, ErrorCode::FileUnsafe, name, std::to_string(points) + " x " + std::to_string(width) + " bytes",
                         "<= " + std::to_string(maxAttributeBytes) + " bytes");
    const auto count = static_cast<std::size_t>(points);
    const auto failed = [&] { return Error::in(file, ErrorCode::FileDamaged, name, takeError()); };
    switch (H5Tget_class(type.id())) {
    case H5T_INTEGER: {
        std::vector<std::int64_t> values(count);
        if (count > 0 && H5Aread(attribute, H5T_NATIVE_INT64, values.data()) < 0) return failed();
        out.value = std::move(values);
        break;
    }
    case H5T_FLOAT: {
        std::vector<double> values(count);
        if (count > 0 && H5Aread(attribute, H5T_NATIVE_DOUBLE, values.data()) < 0) return failed();
        out.value = std::move(values);
        break;
    }
    case H5T_ENUM: {
        const Handle base(H5Tget_super(type.id()), H5Tclose);
        if (!base || width > 8) break;
        std::vector<unsigned char> raw(count * width);
        if (count > 0 && H5Aread(attribute, type.id(), raw.data()) < 0) return failed();
        out.value = enumValues(raw, width, H5Tget_order(base.id()) == H5T_ORDER_BE);
        out.boolean = H5Tget_nmembers(type.id()) == 2;
        break;
    }
    case H5T_STRING: {
        auto strings = readStrings(type.id(), space.id(), count, file, name,
                                   [&](hid_t memory, void* data) { return H5Aread(attribute, memory, data); });
        if (!strings) return strings.error();
        out.value = std::move(*strings);
        break;
    }
    default: break;
    }
    return out;
}

}  // namespace

std::optional<std::int64_t> Attribute::asInt() const
{
    if (const auto* v = std::get_if<std::vector<std::int64_t>>(&value); v && !v->empty()) return v->front();
    if (const auto* v = std::get_if<std::vector<double>>(&value);
        v && !v->empty() && std::abs(v->front()) < 9e15 && v->front() == std::floor(v->front()))
        return static_cast<std::int64_t>(v->front());
    return std::nullopt;
}

std::optional<std::string> Attribute::asText() const
{
    if (const auto* v = std::get_if<std::vector<std::string>>(&value); v && !v->empty()) return v->front();
    return std::nullopt;
}

std::optional<std::string> Attribute::asConfigText() const
{
    if (const auto text = asText()) return text;
    if (const auto* v = std::get_if<std::vector<double>>(&value); v && !v->empty()) return shortestText(v->front());
    const auto* v = std::get_if<std::vector<std::int64_t>>(&value);
    if (!v || v->empty()) return std::nullopt;
    if (boolean) return v->front() != 0 ? "true" : "false";
    std::string out;
    for (const std::int64_t n : *v) {
        if (!out.empty()) out += ',';
        out += std::to_string(n);
    }
    return out;
}

Result<Attributes> readAttributes(hid_t object, const std::string& file, const std::string& name)
{
    std::vector<std::string> names;
    const auto collect = [](hid_t, const char* attribute, const H5A_info_t*, void* out) -> herr_t {
        auto& list = *static_cast<std::vector<std::string>*>(out);
        list.emplace_back(attribute);
        return list.size() > 10000 ? -1 : 0;
    };
    if (H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, collect, &names) < 0)
        return Error::in(file, ErrorCode::FileDamaged, name, takeError());
    Attributes out;
    for (const std::string& attributeName : names) {
        const Handle attribute(H5Aopen(object, attributeName.c_str(), H5P_DEFAULT), H5Aclose);
        std::string item = name;
        item.append("@").append(attributeName);
        if (!attribute) return Error::in(file, ErrorCode::FileDamaged, std::move(item), takeError());
        auto value = readOne(attribute.id(), file, item);
        if (!value) return value.error();
        out.emplace(attributeName, std::move(*value));
    }
    return out;
}

}  // namespace hs::h5
