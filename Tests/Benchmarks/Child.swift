import Foundation
import TestSupport

/// A program run to its end, with what it took.
struct Child {
  let seconds: Double
  /// The most memory that it had at once.
  let megabytes: Double

  /// Runs a program of this path, its answers thrown away; throws where it does not succeed.
  init(_ path: String, _ arguments: [String], environment: [String: String]) throws {
    guard let launcher = Self.launcher?.program else { throw Jam() }
    let outcome = try Program(launcher).run([path] + arguments, environment: environment)
    let figures = outcome.text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    guard figures.count == 3, figures[0] == 0 else { throw Jam() }
    seconds = figures[1]
    megabytes = figures[2] / 1024
  }

  /// The small C program beside this file, built when it is first needed.
  private static let launcher = try? Launcher()  // without a C compiler there are no such figures
}

private final class Launcher: Sendable {
  private let folder: TemporaryFolder
  var program: String { folder.path + "/launch" }

  init() throws {
    folder = try TemporaryFolder()
    let built = try Program("cc").run([
      "-O2", "-o", folder.path + "/launch", Peer.program("launch.c"),
    ])
    guard built.succeeded else { throw Jam() }
  }
}
