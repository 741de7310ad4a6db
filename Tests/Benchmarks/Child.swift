import Foundation
import Glibc

/// A program run to its end, with what it took.
struct Child {
  let seconds: Double
  /// The most memory that it had at once.
  let megabytes: Double

  /// Runs a program of this path, its answers thrown away; throws where it does not succeed.
  init(_ path: String, _ arguments: [String], environment: [String: String]) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for stream: Int32 in [0, 1, 2] {
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
    }
    let words = ([path] + arguments).map { strdup($0) }
    let variables = environment.map { strdup("\($0.key)=\($0.value)") }
    defer { for text in words + variables { free(text) } }
    var pid = pid_t()
    var status: Int32 = 0
    var usage = rusage()
    let start = ContinuousClock.now
    guard posix_spawn(&pid, path, &actions, nil, words + [nil], variables + [nil]) == 0,
      wait4(pid, &status, 0, &usage) == pid, status == 0
    else { throw Jam() }
    let (whole, part) = (ContinuousClock.now - start).components
    seconds = Double(whole) + Double(part) / 1e18
    megabytes = Double(usage.ru_maxrss) / 1024
  }
}
