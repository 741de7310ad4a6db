/// The helpers of Handlebars and of Dotprompt, named as in a template.
package enum Helper: String, CaseIterable, Hashable, Sendable {
  case `if`, unless, each, with, lookup, log
  case role, history, media, section, json, ifEquals, unlessEquals

  /// Those of Handlebars.js itself.
  package static let builtIn: [Helper] = [.if, .unless, .each, .with, .lookup, .log]

  /// How a helper may be called.
  package enum Use: Hashable, Sendable {
    /// `{{#helper …}}…{{/helper}}`
    case block
    /// `{{helper …}}`, or inside another call: it has a value.
    case value
    /// `{{helper …}}` alone: it marks structure and has no value.
    case marker
  }

  /// Where a template may call it.
  package var use: Use {
    switch self {
    case .if, .unless, .each, .with, .ifEquals, .unlessEquals: .block
    case .lookup, .log, .json: .value
    case .role, .history, .media, .section: .marker
    }
  }

  /// How a call is written, for messages.
  package var example: String {
    switch self {
    case .if: "{{#if condition}}…{{/if}}"
    case .unless: "{{#unless condition}}…{{/unless}}"
    case .each: "{{#each list}}…{{/each}}"
    case .with: "{{#with value}}…{{/with}}"
    case .lookup: "{{lookup map key}}"
    case .log: "{{log value}}"
    case .role: #"{{role "system"}}"#
    case .history: "{{history}}"
    case .media: "{{media url=link contentType=type}}"
    case .section: #"{{section "name"}}"#
    case .json: "{{json value}}"
    case .ifEquals: "{{#ifEquals a b}}…{{/ifEquals}}"
    case .unlessEquals: "{{#unlessEquals a b}}…{{/unlessEquals}}"
    }
  }
}
