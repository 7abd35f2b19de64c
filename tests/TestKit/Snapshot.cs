using System.Runtime.CompilerServices;
using System.Text;

namespace FuturesBot.TestKit;

/// <summary>
/// Approved texts: what a test made is compared, character by character, with a file in the folder <c>snapshots</c> beside the
/// test. A changed wording is then read as a diff. To approve anew, run the test with <c>FUTURESBOT_APPROVE=1</c> and look at
/// what git shows.
/// </summary>
public static class Snapshot
{
    /// <summary>Environment variable that writes the files instead of comparing them.</summary>
    public const string Switch = "FUTURESBOT_APPROVE";

    /// <param name="actual">What was made.</param>
    /// <param name="name">Name of the file, without its ending.</param>
    /// <param name="caller">The test's file; filled in by the compiler.</param>
    /// <exception cref="SnapshotMismatchException">The text is another one than was approved, or none was.</exception>
    public static void Match(string actual, string name, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller)!, "snapshots", name + ".txt");
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return;
        }

        var approved = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : null;
        if (approved == actual + "\n") return;
        throw new SnapshotMismatchException(approved is null
            ? $"No text '{name}' was approved; it reads:\n{actual}\nRun with {Switch}=1 to approve it"
            : $"Text '{name}' was approved as:\n{approved}\nand reads now:\n{actual}\nRun with {Switch}=1 to approve it");
    }
}
