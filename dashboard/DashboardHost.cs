using System.Net;
using FuturesBot.Adapters.AzureStorage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Dashboard;

/// <summary>Builds the web server around a source.</summary>
public static class DashboardHost
{
    /// <summary>
    /// A server that is ready for <c>StartAsync</c>. A taken port shows there as an <see cref="IOException"/>.
    /// It leaves Ctrl-C and SIGTERM to the caller, who stops it with <c>StopAsync</c>: open streams end at once.
    /// </summary>
    /// <exception cref="InvalidOperationException">The page may not be served so; see <see cref="AccessRules"/>.</exception>
    /// <param name="time">Wall time of the streams; the system's when null.</param>
    /// <param name="logging">Where the server's own log goes; nowhere when null.</param>
    /// <param name="server">Changes the web host, such as a test server; null for Kestrel alone.</param>
    public static WebApplication Create(
        DashboardSources sources,
        DashboardOptions options,
        TimeProvider? time = null,
        Action<ILoggingBuilder>? logging = null,
        Action<IWebHostBuilder>? server = null)
    {
        if (AccessRules.Fault(options) is { } fault) throw new InvalidOperationException(fault);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        logging?.Invoke(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Services.ConfigureHttpJsonOptions(json => DashboardJson.Apply(json.SerializerOptions));
        server?.Invoke(builder.WebHost);

        var app = builder.Build();
        var clock = time ?? TimeProvider.System;
        var gate = new AccessGate(options, clock);
        app.Use(new HostGuard(options).Invoke);
        app.Use(new Audit(sources.Audit, clock).Invoke);
        app.UseExceptionHandler(failed => failed.Run(Failed));
        app.UseStatusCodePages(context => Unanswered(context.HttpContext));
        app.UseRouting();
        app.Use(gate.Invoke);
        app.MapDashboard(sources, options, gate, clock);
        return app;
    }

    /// <summary>
    /// A server for the time before there is anything to show: it answers whether the process lives and why it is not ready yet, and
    /// everything else with that reason.
    /// </summary>
    /// <param name="readiness">How far it is.</param>
    public static WebApplication CreateWaiting(
        Func<ReadinessView> readiness, DashboardOptions options, Action<ILoggingBuilder>? logging = null)
    {
        if (AccessRules.Fault(options) is { } fault) throw new InvalidOperationException(fault);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        logging?.Invoke(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.ConfigureHttpJsonOptions(json => DashboardJson.Apply(json.SerializerOptions));
        var app = builder.Build();
        app.Use(new HostGuard(options).Invoke);
        app.MapGet("/health/live", () => Reply.Json(new { status = "live" }));
        app.MapFallback((HttpContext context) =>
        {
            context.Response.Headers.RetryAfter = "5";
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "Not ready", readiness().Reason);
        });
        return app;
    }

    /// <summary>A server over the market alone.</summary>
    public static WebApplication Create(
        IDashboardSource market,
        DashboardOptions options,
        TimeProvider? time = null,
        Action<ILoggingBuilder>? logging = null,
        Action<IWebHostBuilder>? server = null) =>
        Create(new DashboardSources { Market = market }, options, time, logging, server);

    private static void Listen(KestrelServerOptions kestrel, DashboardOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = Body.LongestRead;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;   // the principal of a front takes up to 16
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.MaxConcurrentConnections = 512;
        if (!options.LoopbackOnly) kestrel.ListenAnyIP(options.Port);
        else if (options.Port == 0) kestrel.Listen(IPAddress.Loopback, port: 0);
        else kestrel.ListenLocalhost(options.Port);
    }

    private static Task Failed(HttpContext context)
    {
        var isStorage = context.Features.Get<IExceptionHandlerFeature>()?.Error is StorageException;
        if (isStorage) context.Response.Headers.RetryAfter = "5";
        return Problems.Of(
            isStorage ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
            isStorage ? "The storage does not answer" : "The request failed",
            $"The log has the reason under trace {context.TraceIdentifier}").ExecuteAsync(context);
    }

    private static Task Unanswered(HttpContext context) =>
        Problems.Of(
            context.Response.StatusCode,
            context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed ? "Method not allowed" : "Not answered",
            $"{context.Request.Method} {context.Request.Path} gave {context.Response.StatusCode}",
            context.Response.Headers.Allow.ToString() is { Length: > 0 } allow ? allow : null).ExecuteAsync(context);

    /// <summary>Signals of the operating system belong to the program, not to its page.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
