/// How the name in `{{> support/tone}}` and the file `support/_tone.prompt` belong together.
package enum PartialName {
  /// The mark of a partial in front of the last part of a path.
  private static let mark: Character = "_"

  /// The path of the prompt that the partial is, without its ending: `support/_tone`.
  package static func path(of name: String) -> String {
    let parts = split(name)
    return parts.folder + String(mark) + parts.last
  }

  /// The name of the partial at a path without its ending, or nil where the path is a prompt's.
  package static func name(at path: String) -> String? {
    let parts = split(path)
    guard parts.last.first == mark else { return nil }
    return parts.folder + String(parts.last.dropFirst())
  }

  private static func split(_ path: String) -> (folder: String, last: Substring) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path[...]) }
    return (String(path[...slash]), path[path.index(after: slash)...])
  }
}
