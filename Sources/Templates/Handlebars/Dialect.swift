/// Which Handlebars a template is written in.
package struct Dialect: Hashable, Sendable {
  /// What `{{x}}` does to `& < > " ' ` =`.
  package enum Escaping: Hashable, Sendable { case none, html }
  /// What a call of an unregistered helper is: an error before rendering, or while rendering.
  package enum Helpers: Hashable, Sendable { case knownOnly, open }
  /// What a missing variable is.
  package enum Lookup: Hashable, Sendable {
    /// Nothing is printed.
    case lenient
    /// An error.
    case strict
    /// Nothing, but a part of something missing is an error.
    case assumeObjects
  }
  /// Where a name is looked for: in the context, or in all contexts around it too.
  package enum Scope: Hashable, Sendable { case context, enclosing }
  /// Whether a block tag alone on its line takes the line with it.
  package enum StandaloneLines: Hashable, Sendable { case removed, kept }
  /// Whether a partial's indentation is copied to each of its lines.
  package enum Indentation: Hashable, Sendable { case everyLine, firstLine }
  /// What a partial without an argument sees.
  package enum PartialContext: Hashable, Sendable { case inherited, empty }

  package var escaping = Escaping.none
  package var helpers = Helpers.knownOnly
  package var lookup = Lookup.lenient
  package var scope = Scope.context
  package var standaloneLines = StandaloneLines.removed
  package var indentation = Indentation.everyLine
  package var partialContext = PartialContext.inherited
  /// The helpers that templates of this dialect may call.
  package var knownHelpers = Helper.allCases

  /// Dotprompt: its helpers and no others, no escaping, missing variables print nothing.
  package static let dotprompt = Dialect()

  /// Handlebars.js without options: HTML escaping and the built-in helpers.
  package static let handlebars = Dialect(
    escaping: .html, helpers: .open, knownHelpers: Helper.builtIn)
}
