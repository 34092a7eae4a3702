/** Look of every page this project writes about a performance. */
export const REPORT_STYLE = `
:root{--C:#7a3b9e;--G:#1f6fb2;--D:#1d8a55;--A:#d1602b}
body{font:15px/1.45 system-ui,sans-serif;color:#222;background:#fff;max-width:1120px;margin:24px auto;padding:0 16px}
h1{margin:0 0 4px;font-size:26px}h2{font-size:18px;margin:26px 0 8px}
.verdict{font-size:17px;margin:0 0 14px;padding:8px 12px;border-left:5px solid #1d8a55;background:#f1f8f4}
.verdict.with-faults,.verdict.incomplete{border-color:#c0392b;background:#fdf2f0}.verdict.not-judged{border-color:#999;background:#f5f5f5}
.checks{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:8px;margin-bottom:12px}
.check{border:1px solid #ddd;border-top:4px solid #1d8a55;border-radius:6px;padding:6px 10px;display:flex;flex-direction:column}
.check.bad{border-top-color:#c0392b;background:#fdf2f0}.check b{font-size:20px}.check small{color:#777;font-weight:400}
.summary{margin:2px 0;color:#444}.summary b{display:inline-block;width:6.5em;color:#222}.hash{font:11px ui-monospace,monospace;color:#555;overflow-wrap:anywhere}.key{margin:12px 0 0}.key span{color:#fff;padding:1px 9px;border-radius:4px;margin-right:4px;display:inline-block}
.key .sC,td.sC{background:var(--C)}.key .sG,td.sG{background:var(--G)}.key .sD,td.sD{background:var(--D)}.key .sA,td.sA{background:var(--A)}
td.sC,td.sG,td.sD,td.sA{color:#fff;text-align:center}
figure{margin:14px 0}svg{width:100%;height:auto;display:block}svg text{font:11px system-ui,sans-serif;fill:#555}svg .title{font-size:13px;font-weight:600;fill:#222}
.grid{stroke:#e6e6e6}.zero{stroke:#888}.limit{stroke:#c0392b;stroke-dasharray:6 4}.band{fill:#dbe9f4}
.outline{fill:none;stroke:#333;stroke-width:.8}.outline.missed{stroke:#c0392b;stroke-width:2}.planned{fill:none}
svg .sC{fill:var(--C)}svg .sG{fill:var(--G)}svg .sD{fill:var(--D)}svg .sA{fill:var(--A)}
.line{fill:none;stroke:#222;stroke-width:1.2}.line.thin{stroke-width:.9}
.line.j0{stroke:#1f6fb2}.line.j1{stroke:#d1602b}.line.j2{stroke:#1d8a55}.line.j3{stroke:#7a3b9e}.line.j4{stroke:#b8860b}.line.j5{stroke:#c2185b}
svg .legend{font-weight:600}.legend .j0{fill:#1f6fb2}.legend .j1{fill:#d1602b}.legend .j2{fill:#1d8a55}.legend .j3{fill:#7a3b9e}.legend .j4{fill:#b8860b}.legend .j5{fill:#c2185b}
.planned{stroke-width:2.4;stroke-dasharray:2 3}.planned.down{stroke:#1f6fb2}.planned.up{stroke:#d1602b}.error{fill:none;stroke:#c0392b;stroke-width:1.4}
.wide{overflow-x:auto}.text th:first-child,.text td:first-child,.text.two td{text-align:left}.text table{width:auto;min-width:60%}.text.two td:first-child{width:14em;color:#666}table{border-collapse:collapse;font-size:12.5px;width:100%}th{text-align:right;color:#666;font-weight:600;border-bottom:2px solid #ccc;padding:2px 6px 2px 12px;vertical-align:bottom}
td{text-align:right;border-bottom:1px solid #eee;padding:2px 6px;font-variant-numeric:tabular-nums}tr.missed td{background:#fdf2f0}
pre{font-size:11px;background:#f7f7f7;padding:10px;overflow:auto;max-height:320px}
@media print{pre{max-height:none}figure{break-inside:avoid}}`;
