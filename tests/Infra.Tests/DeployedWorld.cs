using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FuturesBot.Infra.Tests;

/// <summary>What the hook after a deployment finds: the sidecar, the webhook function and Telegram, played by one small server; and the hook itself.</summary>
public sealed class DeployedWorld : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);   // against a hang; a run takes a second

    private readonly Lazy<Task<string>> _program = new(BuildAsync);

    /// <summary>Runs the hook as azd does, from the root of the repository.</summary>
    /// <param name="answer">What the server says to a path and a body.</param>
    /// <param name="settings">Of the environment, with <c>{server}</c> for the server's address.</param>
    internal async Task<(int Code, string Text, IReadOnlyList<string> Asked)> RunAsync(
        Func<string, string, (int Status, string Body)> answer, params (string Name, string Value)[] settings)
    {
        using var server = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort()}";
        server.Prefixes.Add(address + "/");
        server.Start();
        var asked = new List<string>();
        var serving = ServeAsync(server, asked, answer);
        var start = new ProcessStartInfo("dotnet", [await _program.Value])
        {
            WorkingDirectory = Project.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("TELEGRAM_", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(name);
        start.Environment["NO_PROXY"] = "127.0.0.1";
        foreach (var (name, value) in settings) start.Environment[name] = value.Replace("{server}", address, StringComparison.Ordinal);
        var ended = await EndAsync(start);
        server.Stop();
        await serving;
        return (ended.Code, ended.Text, asked);
    }

    public void Dispose()
    {
        if (_program.IsValueCreated && _program.Value.IsCompletedSuccessfully) Directory.Delete(Path.GetDirectoryName(_program.Value.Result)!, recursive: true);
    }

    private static async Task<string> BuildAsync()
    {
        var folder = Directory.CreateTempSubdirectory("after-deploy-").FullName;
        var built = await EndAsync(new("dotnet", ["build", Path.Combine(Project.Root, "hooks", "after-deploy.cs"), "-o", folder, "-nologo", "-v", "q"])
        {
            WorkingDirectory = Project.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        return built.Code == 0 ? Path.Combine(folder, "after-deploy.dll") : throw new InvalidOperationException($"hooks/after-deploy.cs does not build: {built.Text}");
    }

    private static async Task<(int Code, string Text)> EndAsync(ProcessStartInfo start)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output + await errors);
    }

    private static async Task ServeAsync(HttpListener server, List<string> asked, Func<string, string, (int Status, string Body)> answer)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await server.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;   // the hook has ended
            }

            using var reader = new StreamReader(context.Request.InputStream);
            var (path, body) = (context.Request.Url!.AbsolutePath, await reader.ReadToEndAsync());
            asked.Add($"{path} {body}".TrimEnd());
            var (status, text) = answer(path, body);
            context.Response.StatusCode = status;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
            context.Response.Close();
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
