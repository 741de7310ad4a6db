import Foundation
import TestSupport
import Testing

/// The program `stet-serve` as an operator starts it, ended with its owner.
final class ServeProcess {
  private let process = Process()
  private let output: LineReader
  private let talk: LineReader
  private let isOver = DispatchSemaphore(value: 0)

  /// Beside the tests, or another build of it that `STET_SERVE` names.
  private static let program =
    ProcessInfo.processInfo.environment["STET_SERVE"].map { URL(fileURLWithPath: $0) }
    ?? URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("stet-serve")

  /// Starts it on the ledger of a folder; what it says comes line by line.
  init(
    _ served: Served, _ words: [String] = ["--listen", "127.0.0.1:0"], ledger: String = "registry"
  ) throws {
    let (answers, errors) = (Pipe(), Pipe())
    process.executableURL = Self.program
    process.arguments =
      [
        "--ledger", "\(served.folder.path)/\(ledger)", "--state", served.folder.path + "/state",
      ] + words
    process.standardOutput = answers
    process.standardError = errors
    output = LineReader(answers)
    talk = LineReader(errors)
    process.terminationHandler = { [isOver] _ in isOver.signal() }
    try process.run()
  }

  deinit { kill(process.processIdentifier, SIGKILL) }

  /// Where it says that it listens.
  func url() throws -> String {
    let line = try #require(output.next(), "it ended: \(talk.rest())")
    return String(try #require(line.split(separator: " ").last))
  }

  /// The next line of its answer.
  func answered() -> String? { output.next() }

  /// The next line of its log.
  func said() -> String? { talk.next() }

  /// The files that it has open or in memory although nothing has their name any more.
  func deletedFiles() throws -> [Substring] {
    let maps = "/proc/\(process.processIdentifier)/maps"
    let opened = FileManager.default
    let folder = "/proc/\(process.processIdentifier)/fd"
    let targets = try opened.contentsOfDirectory(atPath: folder).compactMap {
      // A descriptor may be closed while we look.
      try? opened.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
    }
    let mapped = try String(contentsOfFile: maps, encoding: .utf8).split(separator: "\n")
    return (mapped + targets.map { $0[...] }).filter { $0.contains("/objects/pack/") }
      .filter { $0.contains("(deleted)") }
  }

  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  /// Whether it ends by itself although nobody reads what it says.
  func endsUnread() -> Bool { isOver.wait(timeout: .now() + 60) == .success }

  /// What it ended with, and all it said until then.
  func end() -> (status: Int32, talk: String) {
    let said = talk.rest()
    process.waitUntilExit()
    return (process.terminationStatus, said)
  }
}

/// Lines of a pipe, each waited for.
final class LineReader {
  private let handle: FileHandle
  private var received = Data()

  init(_ pipe: Pipe) { handle = pipe.fileHandleForReading }

  /// The next line; nil at the end.
  func next() -> String? {
    while true {
      if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        defer { received = received[(end + 1)...] }
        return String(decoding: received[..<end], as: UTF8.self)
      }
      let more = handle.availableData
      if more.isEmpty { return nil }
      received += more
    }
  }

  /// Everything up to the end.
  func rest() -> String {
    while case let more = handle.availableData, !more.isEmpty { received += more }
    defer { received = Data() }
    return String(decoding: received, as: UTF8.self)
  }
}
