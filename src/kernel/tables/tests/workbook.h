#pragma once

// Builds workbooks entry by entry, also wrong ones.

#include <gtest/gtest.h>
#include <minizip/zip.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sangu::tables {

using Entries = std::vector<std::pair<std::string, std::string>>;

inline std::string zipped(std::filesystem::path const& path, Entries const& entries) {
    zipFile const file = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
    for (auto const& [name, content] : entries) {
        zipOpenNewFileInZip(file, name.c_str(), nullptr, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED, 6);
        zipWriteInFileInZip(file, content.data(), static_cast<unsigned>(content.size()));
        zipCloseFileInZip(file);
    }
    zipClose(file, nullptr);
    return path;
}

// A workbook with this inside <sheetData>; `more` replaces or adds entries.
inline Entries workbook(std::string_view sheet_data, Entries const& more = {}) {
    std::string const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    Entries entries{
        {"_rels/.rels", "<Relationships><Relationship Id='r1' Type='" + office +
                            "/officeDocument' Target='xl/workbook.xml'/></Relationships>"},
        {"xl/workbook.xml", "<workbook xmlns:r='" + office +
                                "'><sheets><sheet name='数据' sheetId='1' r:id='rId7'/>"
                                "<sheet name='other' sheetId='2' r:id='rId8'/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='rId8' Type='" + office +
                                           "/worksheet' Target='worksheets/sheet2.xml'/>"
                                           "<Relationship Id='rId7' Type='" +
                                           office +
                                           "/worksheet' Target='worksheets/first.xml'/>"
                                           "<Relationship Id='rId1' Type='" +
                                           office +
                                           "/styles' Target='styles.xml'/>"
                                           "<Relationship Id='rId2' Type='" +
                                           office + "/sharedStrings' Target='/xl/sharedStrings.xml'/></Relationships>"},
        {"xl/styles.xml",
         "<styleSheet><numFmts><numFmt numFmtId='176' formatCode='yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;'/>"
         "<numFmt numFmtId='177' formatCode='[Red]0.00&quot;day&quot;'/></numFmts>"
         "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
         "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='22'/><xf numFmtId='20'/><xf numFmtId='176'/>"
         "<xf numFmtId='177'/></cellXfs></styleSheet>"},
        {"xl/sharedStrings.xml", "<sst><si><t>名称</t></si><si><r><t>长</t></r><r><t xml:space='preserve'> "
                                 "沙</t></r><rPh><t>changsha</t></rPh></si>"
                                 "<si><t>line_x000D_end</t></si></sst>"},
        {"xl/worksheets/sheet2.xml", "<worksheet/>"},
        {"xl/worksheets/first.xml", "<worksheet><sheetData>" + std::string{sheet_data} + "</sheetData></worksheet>"},
    };
    for (auto const& [name, content] : more) {
        auto const is_same = [&name = name](auto const& entry) { return entry.first == name; };
        std::erase_if(entries, is_same);
        if (!content.empty()) entries.emplace_back(name, content);
    }
    return entries;
}

} // namespace sangu::tables
