import Contracts
import Notation

/// What became of a prompt, newest first, as Markdown composed from the records.
package struct Changelog: Hashable, Sendable {
  /// The page.
  package let text: String

  /// The largest file that is taken for one, in bytes.
  package static let sizeLimit = 64 << 20

  /// Reads the records of a name.
  package init(of name: PromptName, in state: State) throws(RegistryError) {
    var text = "# \(name)\n"
    for record in try state.changelog(of: name) {
      text += "\n## \(record.version)\n\n\(record.what)\n"
      if let why = record.why { text += "\nWhy: \(why)\n" }
      if let impact = record.impact { text += "\nImpact: \(impact)\n" }
      for reason in record.reasons { text += "\n- \(Reason.line(of: reason))\n" }
      text += "\n\(record.by), \(record.at)\n"
    }
    self.text = text
  }
}

extension Changelog {
  /// What a file in a workspace begins with, so that nobody's own page is written over.
  private static let mark = "<!-- composed by stet from the records; edit nothing here -->\n"

  /// The page as a file of a workspace.
  package var fileBytes: [UInt8] { Array((Self.mark + "\n" + text).utf8) }

  /// Whether a file was composed like this.
  package static func isComposed(_ bytes: [UInt8]) -> Bool { bytes.starts(with: mark.utf8) }
}
