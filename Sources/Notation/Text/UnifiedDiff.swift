extension TextDiff {
  /// The diff as `patch` and `git apply` read it; nothing when nothing changed.
  package func unified(from oldName: String, to newName: String) -> String {
    guard !hunks.isEmpty else { return "" }
    return "--- \(oldName)\n+++ \(newName)\n" + hunks.map(\.unified).joined()
  }
}

extension TextDiff.Hunk {
  /// The line above a hunk that says where it belongs.
  package var heading: String { "@@ -\(old.unified) +\(new.unified) @@" }

  fileprivate var unified: String { "\(heading)\n" + lines.map(\.unified).joined() }
}

extension TextDiff.Extent {
  fileprivate var unified: String { count == 1 ? "\(start)" : "\(start),\(count)" }
}

extension TextDiff.Line {
  /// What follows a line that its text ends in the middle of.
  package static let unterminatedMark = "\\ No newline at end of file"

  fileprivate var unified: String {
    let mark = line.isTerminated ? "" : "\(Self.unterminatedMark)\n"
    return "\(fate.rawValue)\(line.text)\n\(mark)"
  }
}
