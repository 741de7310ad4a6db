import Git
import Platform

/// How many files a ledger's objects lie in.
package struct ObjectFiles: Hashable, Sendable {
  /// Objects with a file of their own.
  package let loose: Int
  /// Files with many objects.
  package let packs: Int
}

extension Journal {
  /// From so many loose objects on packing is worth its while.
  package static let looseLimit = 2_000
  /// From so many packs on it is, too.
  package static let packLimit = 50

  /// Whether there are so many files that reading becomes slow; costs the listing of two folders.
  package func isCluttered() throws(LedgerError) -> Bool {
    let clutter = try store.ledgerErrors { r throws(GitError) in try r.clutter() }
    return clutter.looseObjects >= Self.looseLimit || clutter.packs >= Self.packLimit
  }

  /// Gathers loose objects and small packs into few packs of growing size, with all writers and
  /// senders of this repository kept out meanwhile. Nothing is thrown away.
  package func pack(_ caller: GitCaller) throws(LedgerError) -> (
    before: ObjectFiles, after: ObjectFiles
  ) {
    let lock = try WriterLock(store.path)
    defer { lock.clearNote() }
    let before = try objectFiles()
    var git = GitProgram(folder: store.path, caller: caller)
    git.silenceSeconds = nil
    let outcome = try git.run([
      "-c", "repack.writeBitmaps=false", "-c", "repack.updateServerInfo=false", "repack", "-d",
      "--geometric=2", "-q",
    ])
    guard outcome.ending.isSuccess else {
      let talk = GitTalk(outcome.errorText)
      throw talk.isFull ? .platform(.full(subject: store.path)) : .packing(talk.reason)
    }
    return (before, try objectFiles())
  }

  /// How many files the objects lie in now.
  package func objectFiles() throws(LedgerError) -> ObjectFiles {
    try store.ledgerErrors { r throws(GitError) in
      ObjectFiles(loose: try r.looseObjectCount(), packs: try r.clutter().packs)
    }
  }
}
