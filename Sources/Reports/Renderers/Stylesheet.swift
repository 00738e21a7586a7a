/// The one stylesheet of `report.html`: system fonts, light and dark, screen, phone and paper.
enum Stylesheet {
  static let text = """
    :root {
      color-scheme: light dark;
      --paper: #ffffff; --wash: #f5f6f8; --ink: #1b1f27; --soft: #525b69; --rule: #d8dce3;
      --strong-rule: #1b1f27; --link: #1d4f91; --series: #2c5c8f;
      --pass: #17623a; --pass-wash: #eef7f1; --warn: #855300; --warn-wash: #fdf6e7;
      --fail: #a1271d; --fail-wash: #fdf0ee; --grey: #505866; --badge-ink: #ffffff;
      --serif: Charter, "Bitstream Charter", "Sitka Text", Cambria, "Source Serif 4", "Liberation Serif", Georgia, serif;
      --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Helvetica, Arial, sans-serif;
      --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #14171c; --wash: #1c2027; --ink: #e6e9ee; --soft: #a3acba; --rule: #343b46;
        --strong-rule: #8d97a6; --link: #93bdf2; --series: #8fb8e6;
        --pass: #7fd1a0; --pass-wash: #15241c; --warn: #eebb62; --warn-wash: #272013;
        --fail: #f39a90; --fail-wash: #2b1a19; --grey: #b4bcc8; --badge-ink: #14171c;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body { margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 68rem; background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans); overflow-wrap: break-word; }
    p, ul, ol, dl, table, figure, pre { margin: 0 0 1rem; }
    p, li { max-width: 44rem; }
    ul { padding-left: 1.25rem; }
    li { margin-bottom: 0.35rem; }
    a { color: var(--link); text-underline-offset: 0.15em; }
    a:focus-visible, [tabindex]:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    .skip { position: absolute; left: -100rem; }
    .skip:focus { left: 1rem; top: 0.5rem; background: var(--paper); padding: 0.25rem 0.75rem; }
    h1, h2 { font-family: var(--serif); text-wrap: balance; }
    h1 { font-size: clamp(1.375rem, 1.05rem + 1.4vw, 1.875rem); line-height: 1.32; font-weight: 600; margin: 0 0 1.75rem; max-width: 54rem; text-wrap: pretty; }
    h2 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; font-weight: 600; }
    h3 { font-size: 1rem; line-height: 1.4; margin: 1.75rem 0 0.6rem; font-weight: 650; }
    section { padding-top: 2rem; margin-top: 2.5rem; border-top: 1px solid var(--rule); }
    code { font: 0.875em/1.5 var(--mono); }
    .digest { display: inline-block; color: var(--soft); font-size: 0.8125em; text-wrap: balance; vertical-align: baseline; }
    .whole { white-space: nowrap; }
    pre { background: var(--wash); border: 1px solid var(--rule); border-radius: 4px; padding: 0.9rem 1rem; overflow-x: auto; }
    pre code { font-size: 0.8125rem; line-height: 1.65; }

    .answer { border-top: 6px solid var(--tone); background: var(--tone-wash); padding: 1.5rem 2rem 1.75rem; border-radius: 0 0 6px 6px; }
    .kind { margin: 0 0 0.9rem; font-size: 0.8125rem; letter-spacing: 0.06em; text-transform: uppercase; color: var(--soft); }
    .verdict { margin: 0 0 0.75rem; }
    .verdict .badge { font-size: 1.05rem; padding: 0.3rem 0.9rem; }
    .pass { --tone: var(--pass); --tone-wash: var(--pass-wash); }
    .warn { --tone: var(--warn); --tone-wash: var(--warn-wash); }
    .fail { --tone: var(--fail); --tone-wash: var(--fail-wash); }
    .inconclusive, .not-assessed { --tone: var(--grey); --tone-wash: var(--wash); }
    .badge { display: inline-block; white-space: nowrap; padding: 0.1rem 0.55rem; border-radius: 3px; border: 1px solid var(--tone); background: var(--tone); color: var(--badge-ink); font: 700 0.75rem/1.5 var(--sans); letter-spacing: 0.03em; }
    .badge.inconclusive, .badge.not-assessed { background: transparent; color: var(--tone); }
    .badge.not-assessed { border-style: dashed; }

    dl { margin: 0 0 1rem; }
    dt { color: var(--soft); }
    dd { margin: 0; }
    .strip { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 1rem 1.5rem; margin: 0; padding-top: 1.1rem; border-top: 1px solid var(--rule); }
    .strip dt { font-size: 0.8125rem; }
    .facts div { display: grid; grid-template-columns: 14rem 1fr; gap: 0.25rem 1.5rem; padding: 0.45rem 0; border-bottom: 1px solid var(--rule); }
    .facts div:first-child { border-top: 1px solid var(--rule); }

    nav { margin-top: 1.75rem; font-size: 0.875rem; }
    nav ol { list-style: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; padding: 0; margin: 0; }
    nav li { margin: 0; }

    .scroll { overflow-x: auto; margin: 0 0 1.25rem; }
    table { border-collapse: collapse; width: 100%; margin: 0; font-size: 0.9063rem; line-height: 1.45; font-variant-numeric: tabular-nums lining-nums; }
    caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    th, td { text-align: left; vertical-align: top; padding: 0.5rem 1.25rem 0.5rem 0; border-bottom: 1px solid var(--rule); }
    th:last-child, td:last-child { padding-right: 0; }
    thead th { color: var(--soft); font-size: 0.8125rem; font-weight: 600; border-bottom: 1px solid var(--strong-rule); vertical-align: bottom; }
    tbody th { font-weight: 500; }
    .number { text-align: right; white-space: nowrap; }
    .group th { padding-top: 1.4rem; font-weight: 400; border-bottom-color: var(--strong-rule); }
    .group .name { font-weight: 650; font-size: 0.9688rem; }
    .group .badge { margin-left: 0.4rem; }
    .group p { color: var(--soft); font-size: 0.8125rem; margin: 0.2rem 0 0; max-width: 52rem; }

    .figures { columns: 2; column-gap: 3.5rem; }
    .figures h2 { column-span: all; }
    figure { margin: 0 0 2rem; max-width: 34rem; break-inside: avoid; }
    figure h3 { margin-top: 0; }
    figcaption { color: var(--soft); font-size: 0.875rem; margin: 0.6rem 0 0.5rem; }
    details { font-size: 0.875rem; }
    summary { cursor: pointer; color: var(--link); margin-bottom: 0.5rem; }
    svg { display: block; width: 100%; height: auto; font-family: var(--sans); }
    svg .label { font-size: 12px; fill: var(--soft); }
    svg .name { font-size: 13px; font-weight: 650; fill: var(--ink); }
    svg .value { font-size: 12px; fill: var(--ink); font-variant-numeric: tabular-nums; }
    svg .axis { stroke: var(--ink); stroke-width: 1; }
    svg .grid { stroke: var(--rule); stroke-width: 1; }
    svg .span { stroke: var(--series); stroke-width: 2; }
    svg .tick { stroke: var(--ink); stroke-width: 2; }
    svg .curve { fill: none; stroke: var(--series); stroke-width: 2; stroke-linejoin: round; }
    svg .solid { fill: var(--series); }
    svg .hollow { fill: var(--paper); stroke: var(--series); stroke-width: 1.5; }

    footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--rule); color: var(--soft); font-size: 0.875rem; }

    @media (max-width: 45rem) {
      body { padding: 0 1rem 3rem; }
      .answer { margin: 0 -1rem; padding: 1.25rem 1rem 1.5rem; border-radius: 0; }
      .strip { grid-template-columns: repeat(2, minmax(0, 1fr)); }
      .facts div { grid-template-columns: 1fr; gap: 0; }
      .figures { columns: 1; }
      .fold table, .fold tbody, .fold tr, .fold th, .fold td { display: block; }
      .fold thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
      .fold tr { padding: 0.6rem 0; border-bottom: 1px solid var(--rule); }
      .fold th, .fold td { border: 0; padding: 0; white-space: normal; }
      .fold tr.group { padding: 1.5rem 0 0.5rem; border-bottom-color: var(--strong-rule); }
      .fold tbody th { font-weight: 600; text-align: left; padding-bottom: 0.2rem; }
      .fold tbody .group th { font-weight: 400; }
      .fold td, .fold td.number { display: grid; grid-template-columns: 7.5rem minmax(0, 1fr); gap: 0.75rem; padding: 0.1rem 0; text-align: left; }
      .fold td::before { content: attr(data-label); color: var(--soft); }
      section { margin-top: 1.75rem; padding-top: 1.5rem; }
    }
    @media print {
      :root { --paper: #fff; --wash: #fff; --ink: #000; --soft: #333; --rule: #bbb; --strong-rule: #000; --link: #000; --series: #333;
        --pass: #000; --pass-wash: #fff; --warn: #000; --warn-wash: #fff; --fail: #000; --fail-wash: #fff; --grey: #000; --badge-ink: #000; }
      @page { margin: 18mm 16mm; }
      body { padding: 0; max-width: none; font-size: 9.5pt; }
      nav, .skip, details { display: none; }
      .answer { padding: 0.75rem 0 1rem; border-radius: 0; }
      .badge { background: transparent; border-width: 1.5px; }
      section { margin-top: 1.25rem; padding-top: 1rem; }
      h2, h3, h3 + p, .group { break-after: avoid; }
      tr, .facts div, pre { break-inside: avoid; }
      .scroll { overflow: visible; }
      thead { display: table-header-group; break-after: avoid; }
      .group th { padding-top: 0.8rem; }
      footer { margin-top: 1rem; font-size: 8pt; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; }
      table { font-size: 8.5pt; }
      .group p, figcaption, thead th, .strip dt, .kind { font-size: 8pt; }
      .digest, pre code { font-size: 7.5pt; }
      h1 { font-size: 16pt; }
      h2 { font-size: 13pt; }
      h3, .group .name { font-size: 9.5pt; }
      p, li, .group p { max-width: none; }
    }
    """
}
