import Foundation
import Testing

/// The test program's entry point.
///
/// Without one SwiftPM looks for XCTest cases, of which there are none, in an index of all sources,
/// which takes as long to write as the sources take to compile. The price: SwiftPM then takes the
/// program for an XCTest bundle and passes a `--filter` on only with the two flags named below.
@main
struct TestProgram {
  static func main() async {
    let words = CommandLine.arguments.dropFirst()
    if words.contains("--dump-tests-json") {
      print(#"{"name": "All tests", "tests": []}"#)
    } else if words.isEmpty || words.contains("--testing-library") {
      await Testing.__swiftPMEntryPoint() as Never
    } else {
      print("error: to run some of the tests: make test FILTER=<pattern>, or")
      print("  swift test --enable-swift-testing --disable-xctest --filter <pattern>")
      exit(2)
    }
  }
}
