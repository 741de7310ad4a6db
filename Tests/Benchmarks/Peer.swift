import Foundation
import TestSupport

/// Another implementation, in a process of its own that measures itself whenever it is asked to:
/// it gets one line of work, says "ready", and from then on answers a line with a line.
final class Peer {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  /// Nil where it cannot be started or does not get ready.
  init?(_ command: [String], work: [String: Any]) {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }  // without env there is no peer either
    guard let line = try? JSONSerialization.data(withJSONObject: work) else {
      return nil  // strings always serialise
    }
    input.fileHandleForWriting.write(line + Data("\n".utf8))
    guard self.line() == "ready" else { return nil }
  }

  deinit {
    try? input.fileHandleForWriting.close()  // it ends by itself when its input does
    process.waitUntilExit()
  }

  func ask(_ question: String) -> String? {
    input.fileHandleForWriting.write(Data((question + "\n").utf8))
    return line()
  }

  /// Nanoseconds for one call of something it knows by name, over so many.
  func nanoseconds(_ what: String, calls: Int) -> Double? {
    ask("\(what) \(calls)").flatMap(Double.init)
  }

  /// The path of a peer's program in this folder.
  static func program(_ name: String) -> String {
    Checkout.root.appendingPathComponent("Tests/Benchmarks/\(name)").path
  }

  private func line() -> String? {
    var bytes = Data()
    while let byte = try? output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty {
      if byte[byte.startIndex] == UInt8(ascii: "\n") {
        return String(decoding: bytes, as: UTF8.self)
      }
      bytes.append(byte)
    }
    return nil
  }
}
