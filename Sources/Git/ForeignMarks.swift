/// Something in a repository that makes git show another history than the objects hold.
package enum ForeignMark: String, Hashable, Sendable, CaseIterable {
  /// References below `refs/replace/`: git serves other objects in the place of some.
  case replacements
  /// `info/grafts`: git believes other parents than the commits name.
  case grafts
  /// `objects/info/alternates`: objects come from another repository.
  case alternates
  /// `objects/info/http-alternates`: the same, over the network.
  case remoteAlternates
  /// `shallow`: git takes some commits for first ones.
  case shallow
}

extension Repository {
  /// The marks that this repository bears, in a fixed order; ours bear none.
  package borrowing func foreignMarks() throws(GitError) -> [ForeignMark] {
    var found: [ForeignMark] = []
    for mark in ForeignMark.allCases where try bears(mark) { found.append(mark) }
    return found
  }

  private borrowing func bears(_ mark: ForeignMark) throws(GitError) -> Bool {
    switch mark {
    case .replacements: try !references(under: "refs/replace/").isEmpty
    case .grafts: try hasContent("info/grafts")
    case .alternates: try hasContent("objects/info/alternates")
    case .remoteAlternates: try hasContent("objects/info/http-alternates")
    case .shallow: try hasContent("shallow")
    }
  }

  private borrowing func hasContent(_ name: String) throws(GitError) -> Bool {
    try RepositoryFiles.content("\(path)/\(name)", limit: 1)?.isEmpty == false
  }
}

/// How much a repository would gain from a repack.
package struct Clutter: Hashable, Sendable {
  /// About how many objects lie loose: counted in one of the 256 folders, as git itself does.
  package let looseObjects: Int
  /// How many packs there are.
  package let packs: Int
}

extension Repository {
  /// Costs the listing of two folders.
  package borrowing func clutter() throws(GitError) -> Clutter {
    let sample = try RepositoryFiles.names(in: "\(path)/objects/17").filter { $0.utf8.count == 38 }
      .count
    let packs = try RepositoryFiles.names(in: "\(path)/objects/pack").filter {
      $0.hasSuffix(".pack")
    }.count
    return Clutter(looseObjects: sample * 256, packs: packs)
  }

  /// Exactly how many objects lie loose; costs the listing of 256 folders.
  package borrowing func looseObjectCount() throws(GitError) -> Int {
    let digits = Array("0123456789abcdef")
    var count = 0
    for first in digits {
      for second in digits {
        count += try RepositoryFiles.names(in: "\(path)/objects/\(first)\(second)")
          .count { $0.utf8.count == 38 }
      }
    }
    return count
  }
}
