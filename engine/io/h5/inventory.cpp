// SPDX-License-Identifier: GPL-3.0-or-later
// Our own walk: hard links and soft links inside the file only, with limits on depth and number, cycles cut by address.
#include <algorithm>
#include <set>

#include "engine/io/h5/file.h"

namespace hs::h5 {

namespace {

constexpr int maxDepth = 32;
constexpr std::size_t maxObjects = 100000;
constexpr std::size_t maxNameBytes = 4096;

struct Link {
    std::string name;
    H5L_type_t type = H5L_TYPE_ERROR;
};

class Walker {
public:
    Walker(hid_t file, const FileRegion& region, Inventory& out) : m_file(file), m_region(region), m_out(out)
    {
        m_linkAccess = Handle(H5Pcreate(H5P_LINK_ACCESS), H5Pclose);
        H5Pset_nlinks(m_linkAccess.id(), 16);
        const auto refuse = [](const char*, const char*, const char*, const char*, unsigned*, hid_t, void*) -> herr_t { return -1; };
        H5Pset_elink_cb(m_linkAccess.id(), refuse, nullptr);
    }

    Status group(const std::string& path, int depth)
    {
        if (depth > maxDepth) return unsafe(path, "deeper than " + std::to_string(maxDepth) + " groups");
        const Handle group(H5Gopen2(m_file, path.empty() ? "/" : path.c_str(), H5P_DEFAULT), H5Gclose);
        if (!group) return damaged(path);
        m_out.groups.push_back(path);
        if (const Status s = attributes(group.id(), path); !s) return s;
        std::vector<Link> links;
        if (const Status s = list(group.id(), path, links); !s) return s;
        for (const Link& link : links)
            if (const Status s = follow(link, path.empty() ? link.name : path + "/" + link.name, depth); !s) return s;
        return {};
    }

private:
    Error unsafe(const std::string& item, const std::string& found) const
    {
        return Error::in(m_region.path(), ErrorCode::FileUnsafe, item, found);
    }
    Error damaged(const std::string& item) const { return Error::in(m_region.path(), ErrorCode::FileDamaged, item, takeError()); }

    Status list(hid_t group, const std::string& path, std::vector<Link>& links)
    {
        const auto collect = [](hid_t, const char* name, const H5L_info_t* info, void* out) -> herr_t {
            auto& all = *static_cast<std::vector<Link>*>(out);
            all.push_back({name, info->type});
            return all.size() > maxObjects ? 1 : 0;
        };
        const herr_t end = H5Literate(group, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, collect, &links);
        if (end < 0) return damaged(path);
        m_seen += links.size();
        if (end > 0 || m_seen > maxObjects) return unsafe(path, "more than " + std::to_string(maxObjects) + " objects");
        return {};
    }

    Status follow(const Link& link, const std::string& path, int depth)
    {
        if (link.name.size() > maxNameBytes) return unsafe(path.substr(0, 64), std::to_string(link.name.size()) + " bytes of name");
        if (link.type == H5L_TYPE_EXTERNAL) return unsafe(path, "external link");
        if (link.type != H5L_TYPE_HARD && link.type != H5L_TYPE_SOFT) return unsafe(path, "user-defined link");
        H5O_info_t info{};
        if (H5Oget_info_by_name2(m_file, path.c_str(), &info, H5O_INFO_BASIC, m_linkAccess.id()) < 0) {
            if (link.type == H5L_TYPE_HARD) return damaged(path);
            takeError();  // a soft link into nowhere or into itself is only a name
            return {};
        }
        if (info.type == H5O_TYPE_GROUP) {
            if (!m_groups.insert(info.addr).second) return {};
            return group(path, depth + 1);
        }
        if (info.type != H5O_TYPE_DATASET) return {};
        const Handle dataset(H5Dopen2(m_file, path.c_str(), H5P_DEFAULT), H5Dclose);
        if (!dataset) return damaged(path);
        auto described = describe(dataset.id(), path, m_region);
        if (!described) return described.error();
        described->address = info.addr;
        m_out.datasets.push_back(std::move(*described));
        return attributes(dataset.id(), path);
    }

    Status attributes(hid_t object, const std::string& path)
    {
        auto found = readAttributes(object, m_region.path(), path.empty() ? "/" : path);
        if (!found) return found.error();
        if (!found->empty()) m_out.attributes.emplace(path, std::move(*found));
        return {};
    }

    hid_t m_file;
    const FileRegion& m_region;
    Inventory& m_out;
    Handle m_linkAccess;
    std::set<haddr_t> m_groups;
    std::size_t m_seen = 0;
};

}  // namespace

Result<Inventory> walk(hid_t file, const FileRegion& region)
{
    Inventory out;
    if (const Status s = Walker(file, region, out).group({}, 0); !s) return s.error();
    std::sort(out.datasets.begin(), out.datasets.end(),
              [](const DatasetInfo& a, const DatasetInfo& b) { return a.tensor.name < b.tensor.name; });
    return out;
}

}  // namespace hs::h5
