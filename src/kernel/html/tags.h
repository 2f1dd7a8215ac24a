#pragma once

// The elements and attributes pages use, as functions; included by html.h only.

#include "kernel/html/html.h"

namespace sangu::html {

#define SANGU_ELEMENT(function, tag)                                                                                   \
    template <class... Parts> auto function(Parts&&... all) { return element<tag>(std::forward<Parts>(all)...); }
#define SANGU_ATTRIBUTE(function, name)                                                                                \
    template <class Value> auto function(Value&& one) { return attribute<name>(std::forward<Value>(one)); }
#define SANGU_ADDRESS(function, name)                                                                                  \
    inline auto function(PathLiteral literal) { return attribute<name>(literal); }                                     \
    inline auto function(Url url) { return attribute<name>(std::move(url)); }

// clang-format off: a list reads better than a staircase

// Document and sections
SANGU_ELEMENT(html, "html") SANGU_ELEMENT(head, "head") SANGU_ELEMENT(body, "body") SANGU_ELEMENT(title, "title")
SANGU_ELEMENT(meta, "meta") SANGU_ELEMENT(link, "link") SANGU_ELEMENT(header, "header") SANGU_ELEMENT(footer, "footer")
SANGU_ELEMENT(nav, "nav") SANGU_ELEMENT(main, "main") SANGU_ELEMENT(section, "section")
SANGU_ELEMENT(article, "article") SANGU_ELEMENT(aside, "aside") SANGU_ELEMENT(search, "search") SANGU_ELEMENT(h1, "h1")
SANGU_ELEMENT(h2, "h2") SANGU_ELEMENT(h3, "h3") SANGU_ELEMENT(h4, "h4") SANGU_ELEMENT(address, "address")
SANGU_ELEMENT(noscript, "noscript")

// Blocks and text
SANGU_ELEMENT(div, "div") SANGU_ELEMENT(span, "span") SANGU_ELEMENT(p, "p") SANGU_ELEMENT(a, "a")
SANGU_ELEMENT(ul, "ul") SANGU_ELEMENT(ol, "ol") SANGU_ELEMENT(li, "li") SANGU_ELEMENT(dl, "dl") SANGU_ELEMENT(dt, "dt")
SANGU_ELEMENT(dd, "dd") SANGU_ELEMENT(strong, "strong") SANGU_ELEMENT(em, "em") SANGU_ELEMENT(small, "small")
SANGU_ELEMENT(b, "b") SANGU_ELEMENT(i, "i") SANGU_ELEMENT(sub, "sub") SANGU_ELEMENT(sup, "sup")
SANGU_ELEMENT(code, "code") SANGU_ELEMENT(pre, "pre") SANGU_ELEMENT(kbd, "kbd") SANGU_ELEMENT(del, "del")
SANGU_ELEMENT(ins, "ins") SANGU_ELEMENT(mark, "mark") SANGU_ELEMENT(blockquote, "blockquote")
SANGU_ELEMENT(time, "time") SANGU_ELEMENT(abbr, "abbr") SANGU_ELEMENT(br, "br") SANGU_ELEMENT(hr, "hr")
SANGU_ELEMENT(wbr, "wbr") SANGU_ELEMENT(figure, "figure") SANGU_ELEMENT(figcaption, "figcaption")
SANGU_ELEMENT(img, "img") SANGU_ELEMENT(details, "details") SANGU_ELEMENT(summary, "summary")
SANGU_ELEMENT(dialog, "dialog")

// Tables
SANGU_ELEMENT(table, "table") SANGU_ELEMENT(caption, "caption") SANGU_ELEMENT(thead, "thead")
SANGU_ELEMENT(tbody, "tbody") SANGU_ELEMENT(tfoot, "tfoot") SANGU_ELEMENT(tr, "tr") SANGU_ELEMENT(th, "th")
SANGU_ELEMENT(td, "td") SANGU_ELEMENT(colgroup, "colgroup") SANGU_ELEMENT(col, "col")

// Forms
SANGU_ELEMENT(form, "form") SANGU_ELEMENT(fieldset, "fieldset") SANGU_ELEMENT(legend, "legend")
SANGU_ELEMENT(label, "label") SANGU_ELEMENT(input, "input") SANGU_ELEMENT(button, "button")
SANGU_ELEMENT(select, "select") SANGU_ELEMENT(option, "option") SANGU_ELEMENT(optgroup, "optgroup")
SANGU_ELEMENT(textarea, "textarea") SANGU_ELEMENT(datalist, "datalist") SANGU_ELEMENT(output, "output")
SANGU_ELEMENT(progress, "progress") SANGU_ELEMENT(meter, "meter")

// Small drawings
SANGU_ELEMENT(svg, "svg") SANGU_ELEMENT(g, "g") SANGU_ELEMENT(path, "path") SANGU_ELEMENT(line, "line")
SANGU_ELEMENT(rect, "rect") SANGU_ELEMENT(circle, "circle") SANGU_ELEMENT(polyline, "polyline")
SANGU_ELEMENT(polygon, "polygon") SANGU_ELEMENT(svg_text, "text") SANGU_ELEMENT(desc, "desc")

// Addresses
SANGU_ADDRESS(href, "href") SANGU_ADDRESS(src, "src") SANGU_ADDRESS(action, "action")
SANGU_ADDRESS(formaction, "formaction") SANGU_ADDRESS(cite_, "cite")

// Everywhere
SANGU_ATTRIBUTE(cls, "class") SANGU_ATTRIBUTE(id, "id") SANGU_ATTRIBUTE(lang, "lang") SANGU_ATTRIBUTE(dir, "dir")
SANGU_ATTRIBUTE(title_, "title") SANGU_ATTRIBUTE(hidden, "hidden") SANGU_ATTRIBUTE(role, "role")
SANGU_ATTRIBUTE(tabindex, "tabindex") SANGU_ATTRIBUTE(translate, "translate") SANGU_ATTRIBUTE(accesskey, "accesskey")

// Documents, links, media
SANGU_ATTRIBUTE(charset, "charset") SANGU_ATTRIBUTE(content, "content") SANGU_ATTRIBUTE(rel, "rel")
SANGU_ATTRIBUTE(hreflang, "hreflang") SANGU_ATTRIBUTE(target, "target") SANGU_ATTRIBUTE(download, "download")
SANGU_ATTRIBUTE(alt, "alt") SANGU_ATTRIBUTE(loading, "loading") SANGU_ATTRIBUTE(width, "width")
SANGU_ATTRIBUTE(height, "height") SANGU_ATTRIBUTE(media, "media") SANGU_ATTRIBUTE(sizes, "sizes")
SANGU_ATTRIBUTE(datetime, "datetime") SANGU_ATTRIBUTE(open, "open")

// Tables and lists
SANGU_ATTRIBUTE(scope, "scope") SANGU_ATTRIBUTE(colspan, "colspan") SANGU_ATTRIBUTE(rowspan, "rowspan")
SANGU_ATTRIBUTE(headers, "headers") SANGU_ATTRIBUTE(span_, "span") SANGU_ATTRIBUTE(start, "start")
SANGU_ATTRIBUTE(reversed, "reversed")

// Forms
SANGU_ATTRIBUTE(method, "method") SANGU_ATTRIBUTE(enctype, "enctype") SANGU_ATTRIBUTE(name, "name")
SANGU_ATTRIBUTE(type, "type") SANGU_ATTRIBUTE(value, "value") SANGU_ATTRIBUTE(checked, "checked")
SANGU_ATTRIBUTE(selected, "selected") SANGU_ATTRIBUTE(disabled, "disabled") SANGU_ATTRIBUTE(required, "required")
SANGU_ATTRIBUTE(multiple, "multiple") SANGU_ATTRIBUTE(maxlength, "maxlength") SANGU_ATTRIBUTE(minlength, "minlength")
SANGU_ATTRIBUTE(min, "min") SANGU_ATTRIBUTE(max, "max") SANGU_ATTRIBUTE(step, "step") SANGU_ATTRIBUTE(low, "low")
SANGU_ATTRIBUTE(high, "high") SANGU_ATTRIBUTE(optimum, "optimum") SANGU_ATTRIBUTE(pattern, "pattern")
SANGU_ATTRIBUTE(placeholder, "placeholder") SANGU_ATTRIBUTE(autocomplete, "autocomplete")
SANGU_ATTRIBUTE(autofocus, "autofocus") SANGU_ATTRIBUTE(inputmode, "inputmode") SANGU_ATTRIBUTE(accept, "accept")
SANGU_ATTRIBUTE(rows, "rows") SANGU_ATTRIBUTE(cols, "cols") SANGU_ATTRIBUTE(size, "size") SANGU_ATTRIBUTE(list, "list")
SANGU_ATTRIBUTE(for_, "for") SANGU_ATTRIBUTE(form_, "form") SANGU_ATTRIBUTE(label_, "label")
SANGU_ATTRIBUTE(spellcheck, "spellcheck") SANGU_ATTRIBUTE(formmethod, "formmethod")
SANGU_ATTRIBUTE(formnovalidate, "formnovalidate") SANGU_ATTRIBUTE(popover, "popover")
SANGU_ATTRIBUTE(popovertarget, "popovertarget")

// Assistive technology
SANGU_ATTRIBUTE(aria_label, "aria-label") SANGU_ATTRIBUTE(aria_labelledby, "aria-labelledby")
SANGU_ATTRIBUTE(aria_describedby, "aria-describedby") SANGU_ATTRIBUTE(aria_current, "aria-current")
SANGU_ATTRIBUTE(aria_hidden, "aria-hidden") SANGU_ATTRIBUTE(aria_live, "aria-live")
SANGU_ATTRIBUTE(aria_atomic, "aria-atomic") SANGU_ATTRIBUTE(aria_expanded, "aria-expanded")
SANGU_ATTRIBUTE(aria_controls, "aria-controls") SANGU_ATTRIBUTE(aria_invalid, "aria-invalid")
SANGU_ATTRIBUTE(aria_required, "aria-required") SANGU_ATTRIBUTE(aria_sort, "aria-sort")
SANGU_ATTRIBUTE(aria_pressed, "aria-pressed") SANGU_ATTRIBUTE(aria_disabled, "aria-disabled")
SANGU_ATTRIBUTE(aria_haspopup, "aria-haspopup") SANGU_ATTRIBUTE(aria_level, "aria-level")
SANGU_ATTRIBUTE(aria_valuenow, "aria-valuenow") SANGU_ATTRIBUTE(aria_valuemin, "aria-valuemin")
SANGU_ATTRIBUTE(aria_valuemax, "aria-valuemax") SANGU_ATTRIBUTE(aria_valuetext, "aria-valuetext")
SANGU_ATTRIBUTE(aria_selected, "aria-selected") SANGU_ATTRIBUTE(aria_busy, "aria-busy")
SANGU_ATTRIBUTE(aria_details, "aria-details")

// Small drawings
SANGU_ATTRIBUTE(view_box, "viewBox") SANGU_ATTRIBUTE(preserve_aspect_ratio, "preserveAspectRatio")
SANGU_ATTRIBUTE(d, "d") SANGU_ATTRIBUTE(points, "points") SANGU_ATTRIBUTE(x, "x") SANGU_ATTRIBUTE(y, "y")
SANGU_ATTRIBUTE(x1, "x1") SANGU_ATTRIBUTE(y1, "y1") SANGU_ATTRIBUTE(x2, "x2") SANGU_ATTRIBUTE(y2, "y2")
SANGU_ATTRIBUTE(cx, "cx") SANGU_ATTRIBUTE(cy, "cy") SANGU_ATTRIBUTE(r, "r") SANGU_ATTRIBUTE(rx, "rx")
SANGU_ATTRIBUTE(ry, "ry") SANGU_ATTRIBUTE(fill, "fill") SANGU_ATTRIBUTE(stroke, "stroke")
SANGU_ATTRIBUTE(stroke_width, "stroke-width") SANGU_ATTRIBUTE(stroke_linecap, "stroke-linecap")
SANGU_ATTRIBUTE(stroke_linejoin, "stroke-linejoin") SANGU_ATTRIBUTE(stroke_dasharray, "stroke-dasharray")
SANGU_ATTRIBUTE(transform, "transform") SANGU_ATTRIBUTE(text_anchor, "text-anchor")
SANGU_ATTRIBUTE(focusable, "focusable")

// clang-format on

#undef SANGU_ELEMENT
#undef SANGU_ATTRIBUTE
#undef SANGU_ADDRESS

} // namespace sangu::html
