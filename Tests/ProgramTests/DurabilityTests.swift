import Foundation
import TestSupport
import Testing

/// A loss of power keeps only what was synced, so the order of calls is the guarantee.
@Suite struct DurabilityTests {
  @Test(arguments: [Deed.all[0], Deed.all[1], Deed.all[2]])
  func `everything that the reference leads to is on the disk before it moves`(
    deed: Deed
  ) throws {
    let site = try Site.withRegistry()
    try deed.preparation(site)
    let calls = try site.calls(of: deed.words)
    let reference = "\(site.ledger)/refs/heads/main"
    let swap = try #require(calls.lastIndex { $0.target == reference })
    let unsynced = Disk(after: calls[..<swap]).unsynced.filter { $0.contains("/objects") }
    #expect(unsynced == [])
    #expect(Disk(after: calls[...swap]).unsynced.contains("\(site.ledger)/refs/heads"))
    // And the answer is given when nothing of the ledger can be lost any more.
    let left = Disk(after: calls[...]).unsynced.filter { $0.hasPrefix(site.ledger) }
    #expect(left.subtracting(["\(site.ledger)/writer.lock", site.ledger]) == [])
  }

  @Test func `a name is given only to what is on the disk`() throws {
    let site = try Site.withRegistry()
    try Deed.all[0].preparation(site)
    let calls = try site.calls(of: Deed.all[0].words)
    for (index, call) in calls.enumerated() where ["link", "rename"].contains(call.name) {
      #expect(!Disk(after: calls[..<index]).unsynced.contains(call.path), "\(call)")
    }
  }

  @Test func `what was not synced is seen`() {
    let calls = [
      "openat /d/t", "write /d/t", "fsync /d/t", "mkdir /d/x", "link /d/t -> /d/x/o", "fsync /d/x",
      "unlink /d/t",
    ].map { FileCall($0[...]) }
    #expect(Disk(after: calls[..<2]).unsynced == ["/d/t", "/d"])
    #expect(Disk(after: calls[...]).unsynced == ["/d"])
  }
}

/// What a loss of power after some calls might take: contents and folders that were not synced.
private struct Disk {
  private(set) var unsynced: Set<String> = []

  init(after calls: ArraySlice<FileCall>) {
    for call in calls { take(call) }
  }

  private mutating func take(_ call: FileCall) {
    switch call.name {
    case "fsync", "fdatasync": unsynced.remove(call.path)
    case "sync", "syncfs": unsynced = []
    case "write", "pwrite64", "ftruncate": if call.path.hasPrefix("/") { change(call.path) }
    // The folder of what goes need not be synced: what is left is litter.
    case "unlink": unsynced.remove(call.path)
    case "utimensat", "fchmod", "chmod": break
    default:
      change(folder(of: call.target ?? call.path))
      if call.name == "rename", unsynced.remove(call.path) != nil { change(call.target ?? "") }
    }
  }

  private mutating func change(_ path: String) { unsynced.insert(path) }

  private func folder(of path: String) -> String {
    String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
  }
}
