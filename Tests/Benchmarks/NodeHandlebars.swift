import Foundation
import TestSupport

/// Handlebars.js under node, measured by itself whenever it is asked to.
final class NodeHandlebars {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  /// Nil where there is no node or no Handlebars.js.
  init?(template: String, partials: [String: String], data: String) {
    let script = Checkout.root.appendingPathComponent("Tests/Benchmarks/handlebars.js").path
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["node", script]
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }  // no env: no node either
    guard
      let work = try? JSONSerialization.data(
        withJSONObject: ["template": template, "partials": partials, "data": data])
    else { return nil }  // strings always serialise
    input.fileHandleForWriting.write(work + Data("\n".utf8))
    guard line() == "ready" else { return nil }
  }

  deinit {
    try? input.fileHandleForWriting.close()  // node ends by itself when its input does
    process.waitUntilExit()
  }

  /// What it renders.
  func text() -> String? {
    ask("text").flatMap { try? JSONDecoder().decode(String.self, from: Data($0.utf8)) }
  }

  /// Nanoseconds for one `render` or one `precompile`, over so many.
  func nanoseconds(_ what: String, calls: Int) -> Double? {
    ask("\(what) \(calls)").flatMap(Double.init)
  }

  private func ask(_ question: String) -> String? {
    input.fileHandleForWriting.write(Data((question + "\n").utf8))
    return line()
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
