import Git
import Keys
import Notation

@testable import Ledger

/// Makes long notebooks fast: thousands of entries in one pack, none forced to disk by itself.
struct Mill {
  let book: Notebook

  /// Adds entries behind the tip; `spoil` may change one before it is signed.
  func grind(
    _ count: Int, spoil: (Int, inout Entry) throws -> Void = { _, _ in }
  ) throws {
    let key = try Sample.key()
    let start = try book.tip()
    let gathering = try Gathering(book.path)
    var parent = start
    for step in 0..<count {
      let path = "notes/\(step % 20)"
      var change = Change()
      change.set(path, to: Array("\(step)".utf8))
      let proposal = Proposal(
        Deed("write"), member: "alice", headline: "write \(path)", text: "", change: change)
      let blob = try gathering.repository.write(.blob, Array("\(step)".utf8))
      guard
        let tree = try gathering.repository.applying(
          [TreeEdit(path: path, blob: blob)], to: parent.entry.tree)
      else { throw Sample.Failure() }
      var entry = Entry(
        proposal, tree: tree, place: .after(parent), time: start.entry.time,
        operation: try Sample.operation(parent.entry.number + 1))
      try spoil(entry.number, &entry)
      let signature = Array(try key.sign(entry.payload, namespace: "git").utf8)
      let bytes = entry.commit(signature: signature)
      let id = try gathering.repository.write(.commit, bytes)
      parent = try SignedEntry(commit: bytes, id: id)
    }
    _ = try gathering.finish()
    try book.force(parent.id)
  }
}
