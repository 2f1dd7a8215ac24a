// Renders every part into files that tests/browser looks at (axe, screenshots). Without SANGU_GALLERY=<directory> it
// only checks that the pages can be made.

#include "gallery.h"
#include "kernel/html/chart.h"
#include "kernel/html/statement.h"

#include <gtest/gtest.h>

#include <fstream>

namespace sangu::html {
namespace {

using i18n::Language;

struct Figure {
    std::string_view name, figure, unit, target, as_of, tone, said;
    std::optional<double> progress;
    std::vector<std::optional<double>> trend;
};

std::vector<Figure> const figures{
    {"万人有效发明专利拥有量",
     "24.6",
     "件",
     "目标 20 件",
     "2019-12-31",
     "good",
     "已达目标",
     1.0,
     {12.1, 14.8, 17.9, 21.2, 24.6}},
    {"研发经费占地区生产总值比重",
     "3.12",
     "%",
     "目标 4 %",
     "2018-12-31",
     "warn",
     "低于进度",
     0.78,
     {2.4, 2.6, 2.9, 3.12}},
    {"高新技术企业数",
     "3,095",
     "家",
     "目标 3,000 家",
     "2019-06-30",
     "good",
     "已达目标",
     1.0,
     {1600.0, 2010.0, std::nullopt, 3095.0}},
    {"技工贸总收入",
     "9,800",
     "亿元",
     "目标 18,000 亿元",
     "2018-12-31",
     "bad",
     "明显滞后",
     0.54,
     {7000.0, 8200.0, 9100.0, 9800.0}},
    {"全国综合排名", "11", "位", "目标 前 10 位", "2018-12-31", "info", "名次越小越好", 0.9, {15.0, 13.0, 12.0, 11.0}},
    {"新增就业人数", "", "人", "目标 10 万人", "", "muted", "尚无数据", std::nullopt, {}},
};

void tile(Out& out, Figure const& one) {
    out << li(
        article(cls(std::string{"tile "} + std::string{one.tone}), h3(a(href("/tasks"), one.name)), [&](Out& inner) {
            if (one.figure.empty())
                inner << p(cls("tile-nothing"), one.said);
            else
                inner << p(cls("tile-figure"), one.figure, span(cls("tile-unit"), one.unit));
            if (one.progress) inner << progress(max(1), value(*one.progress), aria_label(one.target));
            sparkline(inner, one.trend, "近年走势");
            inner << p(cls("tile-meta"), span(one.target), [&](Out& meta_out) {
                if (!one.figure.empty()) badge(meta_out, one.said, one.tone);
            });
            if (!one.as_of.empty()) inner << p(cls("tile-meta"), span("截至 ", time(datetime(one.as_of), one.as_of)));
        }));
}

void cockpit(Out& out, Context const& context) {
    out << dl(cls("figures"), div(dt("任务"), dd("49")), div(dt("进行中"), dd("31")), div(dt("已完成"), dd("12")),
              div(dt("逾期"), dd("6")));
    out << h2("指标总览")
        << ul(cls("tiles"), each(figures, [](Figure const& one) { return [&one](Out& inner) { tile(inner, one); }; }));
    chart(
        out, context, "patents", "万人有效发明专利拥有量（件）",
        R"({"xAxis":{"type":"category","data":["2015","2016","2017","2018","2019"]},"yAxis":{"type":"value"},"legend":{},)"
        R"("series":[{"name":"实际","type":"line","data":[12.1,14.8,17.9,21.2,24.6]},)"
        R"({"name":"目标路径","type":"line","lineStyle":{"type":"dashed"},"data":[12,13.6,15.6,17.7,20]}]})",
        [](Out& inner) {
            inner << table(cls("table dense"),
                           thead(tr(th(scope("col"), "年度"), th(scope("col"), cls("num"), "实际"))),
                           tbody(tr(th(scope("row"), "2018"), td(cls("num"), "21.2")),
                                 tr(th(scope("row"), "2019"), td(cls("num"), "24.6"))));
        });
    out << h2("最近变化")
        << ol(cls("timeline"), li(time(datetime("2019-12-31"), "2019年12月31日"), br(), "长沙市报送年度报告"),
              li(time(datetime("2019-12-20"), "2019年12月20日"), br(), "“潇湘科技要素大市场”任务完成核验"));
}

void list_part(Out& out) {
    out << form(cls("filters"), role("search"), method("get"), action("/tasks"),
                div(cls("field"), label(for_("q"), "关键词"), input(type("search"), id("q"), name("q"))),
                div(cls("field"), label(for_("city"), "城市"),
                    select(id("city"), name("city"), option(value(""), "全部"), option(value("cs"), "长沙"))),
                button(cls("button"), type("submit"), "查询"));
    out << ul(cls("chips"), li(a(href("?state="), aria_current("true"), "全部", span(cls("count"), 49))),
              li(a(href("?state=late"), "逾期", span(cls("count"), 6))));
    auto const row = [](std::string_view number, std::string_view title_text, std::string_view who,
                        std::string_view due, std::string_view state, std::string_view tone) {
        return tr(td(cls("mono nowrap"), number), th(scope("row"), a(href("/tasks"), title_text)),
                  td(data<"label">("牵头单位"), who), td(cls("nowrap"), data<"label">("期限"), due),
                  td([state, tone](Out& cell) { badge(cell, state, tone); }),
                  td(cls("num"), data<"label">("投入（万元）"), "1,234.50"));
    };
    out << div(
        cls("table-wrap"), role("region"), tabindex(0), aria_label("任务"),
        table(cls("table dense"), caption("任务清单"),
              thead(tr(th(scope("col"), aria_sort("ascending"), a(href("?sort=-number"), "编号")),
                       th(scope("col"), "任务"), th(scope("col"), "牵头单位"), th(scope("col"), "期限"),
                       th(scope("col"), "状态"), th(scope("col"), cls("num"), "投入（万元）"))),
              tbody(row("RW-2017-0001", "建设岳麓山国家大学科技城", "长沙市人民政府", "2019-12-31", "进行中", "info"),
                    row("RW-2017-0002", "支持轨道交通、航空动力等优势产业做大做强", "株洲市人民政府", "2019-06-30",
                        "已逾期", "bad"),
                    row("RW-2017-0003", "建设智能装备与新材料产业技术研究院", "湘潭市人民政府", "2018-12-31", "已核验",
                        "good"),
                    row("RW-2017-0004", "完善科技金融服务体系", "尚未指定", "2019-12-31", "待分配", "warn"))));
    out << nav(cls("pager"), aria_label("分页"), span(cls("hint"), "第 1–4 项，共 49 项"),
               a(cls("button small"), href("?after=4"), "下一页"));
}

flow::Flow const steps{.name = "audit", .states = {}, .steps = {}};

void object_part(Out& out, Context const& context) {
    out << ul(cls("tabs"), li(a(href("/tasks"), aria_current("page"), "概况")), li(a(href("/tasks/late"), "进展")));
    out << div(cls("split"), div([&](Out& inner) {
                   inner << dl(cls("facts"), dt("牵头单位"), dd("株洲市人民政府"), dt("期限"), dd("2019年6月30日"),
                               dt("成果"), dd("形成千亿级轨道交通产业集群，建成国家先进轨道交通装备创新中心。"));
                   flow_buttons(inner, context, steps,
                                {{"registry.organisation.updated", 1, false, {}},
                                 {"registry.organisation.created", 2, true, {}},
                                 {"registry.membership.created", 3, false, {"page.error.conflict"}}},
                                "/tasks/1");
               }),
               div(cls("card"), h2("历史"),
                   ol(cls("timeline"), li(time(datetime("2019-06-01"), "2019年6月1日"), br(), "周敏 提交进展"),
                      li(cls("before-after"), "期限 ", del("2019-03-31"), " → ", ins("2019-06-30")))));
    out << h2("看板") << div(cls("board"), [&](Out& inner) {
        for (std::string_view const column : {"待分配", "进行中", "已完成"})
            inner << section(cls("board-column"), aria_label(column), h3(column, span(cls("hint"), 1)),
                             ul(li(cls("board-card"), a(href("/tasks"), "建设岳麓山国家大学科技城"),
                                   p(cls("hint"), "长沙市 · 2019-12-31"))));
    });
    empty_state(out, "还没有附件", "可上传证明材料，单个文件不超过 64 MB。", "/tasks", "上传文件");
}

void form_part(Out& out, Context const& context) {
    Error const error{Refusal::invalid, "error.invalid", {}, {{"home", "error.required", {}}}};
    error_summary(out, context, error, "page");
    begin_form(out, context, "/tasks");
    out << div(cls("field wrong"), label(for_("home"), "单位名称"), p(cls("hint"), id("home-hint"), "与营业执照一致"),
               p(cls("field-error"), id("home-error"), "请填写单位名称"),
               input(id("home"), name("home"), type("text"), required(true), aria_invalid(true),
                     aria_describedby("home-hint home-error")));
    out << div(cls("field"), label(for_("note"), "说明 ", span(cls("optional"), context.t("form.optional"))),
               textarea(id("note"), name("note"), rows(4)));
    out << fieldset(cls("field"), legend("是否公开"),
                    label(cls("choice"), for_("open-yes"),
                          input(type("radio"), id("open-yes"), name("open"), value("true")), span("是")),
                    label(cls("choice"), for_("open-no"),
                          input(type("radio"), id("open-no"), name("open"), value("false")), span("否")));
    out << div(cls("field"), label(for_("sum"), "金额"),
               div(cls("with-unit"), input(id("sum"), name("sum"), type("text"), inputmode("decimal")), span("元")));
    end_form(out, "保存", "/tasks", "取消");
    out << div(cls("note warn"), p("2026 年节假日安排尚未公布，期限按周一至周五估算。"));
}

void save(std::string const& name_of_file, http::Reply const& reply) {
    EXPECT_TRUE(text_of(reply).ends_with("</body></html>"));
    if (char const* directory = std::getenv("SANGU_GALLERY"))
        std::ofstream{std::string{directory} + "/" + name_of_file + ".html"} << text_of(reply);
}

TEST(Gallery, PagesInEveryLanguage) {
    Gallery gallery;
    for (Language const language : i18n::languages) {
        auto const context = gallery.context(language, officer());
        std::string const tag{i18n::tag_of(language)};
        auto const charts = static_cast<std::uint8_t>(Feature::chart);
        save("cockpit-" + tag, render(gallery.context(language),
                                      {.title = "三年行动计划",
                                       .lead = "长株潭国家自主创新示范区 2017—2019 年目标完成情况",
                                       .features = charts},
                                      [&](Out& out) { cockpit(out, context); }));
        save("list-" + tag, render(context,
                                   {.title = "任务",
                                    .crumbs = {{"首页", "/"}, {"行动计划", "/"}},
                                    .actions = markup(a(cls("button primary"), href("/tasks"), "新建任务")),
                                    .wide = true},
                                   [](Out& out) { list_part(out); }));
        save("object-" + tag,
             render(context, {.title = "支持轨道交通、航空动力等优势产业做大做强", .crumbs = {{"任务", "/tasks"}}},
                    [&](Out& out) { object_part(out, context); }));
        save("form-" + tag, render(context, {.title = "登记单位", .crumbs = {{"单位", "/"}}},
                                   [&](Out& out) { form_part(out, context); }));
        auto reader = gallery.context(language);
        http::Request request;
        save("statement-" + tag, accessibility_page(reader, request));
        save("error-" + tag, error_page(context, {Refusal::stale, "error.stale", {}, {}}));
    }
}

} // namespace
} // namespace sangu::html
