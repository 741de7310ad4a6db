import Testing

/// The test program's entry point. Without one SwiftPM looks for XCTest cases, of which there are
/// none, in an index of all sources, which takes as long to write as the sources to compile.
@main
struct TestProgram {
  static func main() async {
    await Testing.__swiftPMEntryPoint() as Never
  }
}
