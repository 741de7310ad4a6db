import Git

/// I12: whatever makes git show a history other than the one that objects hash to.
enum Detours {
  /// Looks at the repository as a whole; the error names all that it has.
  static func check(_ store: ObjectStore) throws(LedgerError) {
    let marks: [ForeignMark]
    do throws(GitError) {
      marks = try store.with { repository throws(GitError) in try repository.foreignMarks() }
    } catch {
      throw .git(error)
    }
    guard !marks.isEmpty else { return }
    throw .broken(
      BrokenEntry(
        number: nil, commit: nil,
        marks.map { Violation(.noDetours, "the repository has \(name($0))") }))
  }

  private static func name(_ mark: ForeignMark) -> String {
    switch mark {
    case .replacements: "references under refs/replace"
    case .grafts: "grafts"
    case .alternates: "alternates"
    case .remoteAlternates: "alternates on the network"
    case .shallow: "shallow marks"
    }
  }
}
