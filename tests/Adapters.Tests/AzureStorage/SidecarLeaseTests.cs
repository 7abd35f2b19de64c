using System.Diagnostics;
using System.Net;
using System.Text;
using Azure.Core.Pipeline;
using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Adapters.Tests.AzureStorage;

/// <summary>The times of the lease, by a clock that is turned by hand on both sides.</summary>
public sealed class SidecarLeaseTests
{
    private static readonly SidecarLeaseOptions Usual = new();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    private readonly ManualTime _time = new();
    private readonly CountedWaits _waits;
    private readonly LeaseService _service;
    private readonly List<CancellationToken> _held = [];
    private int _loops;   // leases that wait or renew

    public SidecarLeaseTests() => (_waits, _service) = (new(_time), new());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lease_AsLongAsStorageAnswers_IsHeldForGood()
    {
        await using var lease = New("first");
        var held = await HoldAsync(lease);
        var (renewals, requests) = (_service.Renewals, _service.Requests);

        await PassAsync(TimeSpan.FromMinutes(2), () => Assert.False(held.IsCancellationRequested));

        // What the costs are counted with.
        Assert.Equal(TimeSpan.FromMinutes(2) / Usual.RenewEvery, _service.Renewals - renewals);
        Assert.Equal(_service.Renewals - renewals, _service.Requests - requests);
    }

    [Fact]
    public async Task Lease_TheAnswerToASignOfLifeIsLost_IsKept()
    {
        await using var lease = New("first");
        var held = await HoldAsync(lease);
        _service.Unheard.Add("first");

        await PassAsync(TimeSpan.FromMinutes(1));

        Assert.Empty(_service.Unheard);
        Assert.False(held.IsCancellationRequested);
    }

    [Fact]
    public async Task Lease_BrokenWhileItIsTaken_IsTakenAgain()
    {
        var breaks = 1;
        _service.BeforeTheBlobIsWritten = () =>
        {
            if (breaks-- > 0) _service.Break();
        };
        await using var lease = New("first");
        _loops++;
        var held = lease.AcquireAsync(Cancel);
        await SettleAsync();
        Assert.False(held.IsCompleted);

        await PassAsync(Usual.TryEvery);

        _held.Add(await held.WaitAsync(Patience, Cancel));
        Assert.True(lease.IsHeld);
    }

    [Fact]
    public async Task Lease_ItsHolderIsKilled_IsTheNextOnesWithinThirtySeconds()
    {
        await using var first = New("first");
        await HoldAsync(first);
        await PassAsync(Usual.RenewEvery);
        await using var second = New("second");
        var waiting = await WaitAsync(second);
        _service.Dead.Add("first");   // right after a renewal: the longest that a lease can outlive its holder

        var waited = TimeSpan.Zero;
        for (; !second.IsHeld && waited < TimeSpan.FromMinutes(2); waited += Step) await PassAsync(Step);

        await waiting.WaitAsync(Patience, Cancel);
        Assert.InRange(waited, Usual.Duration - Step, Usual.Duration + Usual.TryEvery + Step);
        Assert.True(waited < TimeSpan.FromSeconds(23), $"The lease was another's after {waited} only: taking over has the rest of thirty seconds");
    }

    [Fact]
    public async Task Lease_StorageIsAwayForTheHolder_IsGivenUpBeforeAnotherCanHaveIt()
    {
        await using var first = New("first");
        var held = await HoldAsync(first);
        await PassAsync(Usual.RenewEvery);
        await using var second = New("second");
        var waiting = await WaitAsync(second);
        _service.Dead.Add("first");

        var (waited, gaveUp) = (TimeSpan.Zero, TimeSpan.MaxValue);
        for (; !second.IsHeld && waited < TimeSpan.FromMinutes(2); waited += Step)
        {
            await PassAsync(Step, () => Assert.False(first.IsHeld && second.IsHeld, $"Both held it after {waited}"));
            if (held.IsCancellationRequested && gaveUp == TimeSpan.MaxValue) gaveUp = waited + Step;
        }

        await waiting.WaitAsync(Patience, Cancel);
        Assert.InRange(gaveUp, Usual.RenewEvery, Usual.Duration - Usual.Margin + Usual.TryEvery);
        Assert.True(gaveUp < waited, $"It was given up after {gaveUp}, and another's after {waited}");
    }

    [Fact]
    public async Task Lease_StorageIsAwayForAMoment_IsKept()
    {
        await using var lease = New("first");
        var held = await HoldAsync(lease);
        await PassAsync(Usual.RenewEvery - Step);

        _service.Dead.Add("first");
        await PassAsync(TimeSpan.FromSeconds(8));
        _service.Dead.Clear();
        await PassAsync(TimeSpan.FromMinutes(1));

        Assert.False(held.IsCancellationRequested);
    }

    [Fact]
    public async Task Lease_AnotherWhoWaitsWasQuicker_IsNotBroken()
    {
        await using var first = New("first");
        await HoldAsync(first);
        await using var second = New("second");
        var waiting = await WaitAsync(second);
        _service.Dead.Add("first");
        var looks = 0;
        _service.BeforeTheBlobIsLookedAt = () =>
        {
            if (++looks == 1) _service.TakenByAnother();   // by who had judged the first one silent too
        };

        var waited = TimeSpan.Zero;
        for (; looks == 0 && waited < TimeSpan.FromMinutes(2); waited += Step) await PassAsync(Step);
        await PassAsync(Usual.Duration - Usual.TryEvery - Step, () => Assert.False(second.IsHeld));
        await PassAsync((Usual.TryEvery * 2) + Step);   // the other one is silent as well

        await waiting.WaitAsync(Patience, Cancel);
        Assert.Equal(2, looks);
        Assert.True(second.IsHeld);
    }

    [Theory]
    [InlineData(15, 13, "before its end")]
    [InlineData(15, 0, "before its end")]
    public void Create_TimesThatCannotWork_AreRefused(int seconds, int renew, string reason)
    {
        var options = new SidecarLeaseOptions { Duration = TimeSpan.FromSeconds(seconds), RenewEvery = TimeSpan.FromSeconds(renew) };
        var fault = Assert.Throws<ArgumentException>(() => New("first", options));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    private SidecarLease New(string process, SidecarLeaseOptions? options = null)
    {
        var client = new StorageClientOptions { Transport = new HttpClientTransport(new Door(_service, process)) };
        client.Retry.MaxRetries = 0;
        return new(new(StorageEndpoints.OfAzurite(), StorageCredential.Azurite, client), "bot", options ?? Usual, _waits, NullLogger.Instance);
    }

    /// <summary>Waits for the lease, which nobody has.</summary>
    private async Task<CancellationToken> HoldAsync(SidecarLease lease)
    {
        _loops++;
        var held = await lease.AcquireAsync(Cancel).WaitAsync(Patience, Cancel);
        _held.Add(held);
        await SettleAsync();
        return held;
    }

    /// <summary>Begins to wait for the lease, which another has.</summary>
    private async Task<Task> WaitAsync(SidecarLease lease)
    {
        _loops++;
        var waiting = lease.AcquireAsync(Cancel);
        await SettleAsync();
        return waiting;
    }

    /// <summary>Lets time pass in small steps, and everybody do what falls due in each.</summary>
    private async Task PassAsync(TimeSpan span, Action? at = null)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += Step)
        {
            _time.Advance(Step);
            await SettleAsync();
            at?.Invoke();
        }
    }

    /// <summary>
    /// Waits until everybody waits for the clock: who waits for the lease, or is to renew it, has one wait that is under way, and who has
    /// lost it has none. However slow the machine is, no time passes before.
    /// </summary>
    private async Task SettleAsync()
    {
        for (var began = Stopwatch.GetTimestamp(); _waits.UnderWay != _loops - _held.Count(held => held.IsCancellationRequested); await Task.Delay(1, Cancel))
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"{_waits.UnderWay} of {_loops} wait for the clock after {Patience}");
    }

    /// <summary>Time that counts those who wait for it; limits of requests are no waits.</summary>
    private sealed class CountedWaits(TimeProvider time) : TimeProvider
    {
        private int _underWay;

        public int UnderWay => Volatile.Read(ref _underWay);

        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (state is CancellationTokenSource) return time.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _underWay);
            var wait = new Wait(() => Interlocked.Decrement(ref _underWay));
            wait.Timer = time.CreateTimer(
                told =>
                {
                    wait.End();
                    callback(told);
                },
                state, dueTime, period);
            return wait;
        }
    }

    /// <summary>A wait for the clock, which ends once: when it is over or given up.</summary>
    private sealed class Wait(Action ended) : ITimer
    {
        private int _ends;

        public ITimer? Timer { get; set; }

        public void End()
        {
            if (Interlocked.Exchange(ref _ends, 1) == 0) ended();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => Timer!.Change(dueTime, period);

        public void Dispose()
        {
            End();
            Timer?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>What the services do with a blob that has a lease, and with a row.</summary>
    private sealed class LeaseService
    {
        private readonly Lock _gate = new();
        private string? _holder;
        private string? _row;
        private int _blobVersion;
        private int _rowVersion;
        private int _ids;

        /// <summary>Processes that do not reach it.</summary>
        public HashSet<string> Dead { get; } = [];

        /// <summary>Processes whose next sign of life is written, and the answer lost.</summary>
        public HashSet<string> Unheard { get; } = [];

        public int Renewals { get; private set; }

        public int Requests { get; private set; }

        /// <summary>Asked about just before a lease is taken; what somebody else does at this moment.</summary>
        public Action? BeforeTheBlobIsWritten { get; set; }

        public HttpResponseMessage Answer(string process, HttpRequestMessage request)
        {
            lock (_gate)
            {
                Requests++;
                if (Dead.Contains(process)) throw new HttpRequestException("The service is not reached");
                var answer = request.RequestUri!.AbsolutePath.Contains("beats", StringComparison.Ordinal) ? OfTable(request)
                    : request.RequestUri.Query.Contains("comp=lease", StringComparison.Ordinal) ? OfLease(request)
                    : OfBlob(request);
                if (request.Headers.Contains("If-Match") && request.Method == HttpMethod.Put && Unheard.Remove(process))
                    throw new HttpRequestException("The answer was lost");
                return answer;
            }
        }

        /// <summary>What somebody else does just before one who waits asks for the blob's version.</summary>
        public Action? BeforeTheBlobIsLookedAt { get; set; }

        /// <summary>Another process takes over: the row first, then the blob.</summary>
        public void TakenByAnother() => (_holder, _rowVersion, _blobVersion) = ("another", _rowVersion + 1, _blobVersion + 1);

        /// <summary>Ends the lease, as one does who judged an earlier holder.</summary>
        public void Break() => _holder = null;

        private HttpResponseMessage OfTable(HttpRequestMessage request)
        {
            if (request.Method == HttpMethod.Get)
            {
                return _row is null ? new(HttpStatusCode.NotFound)
                    : Tagged(HttpStatusCode.OK, _rowVersion, new StringContent(_row, Encoding.UTF8, "application/json"));
            }

            if (request.Headers.IfMatch.FirstOrDefault() is { } wanted)
            {
                if (wanted.Tag != Tag(_rowVersion)) return new(HttpStatusCode.PreconditionFailed);
                Renewals++;
            }

            _row = request.Content!.ReadAsStringAsync().Result;
            return Tagged(HttpStatusCode.NoContent, ++_rowVersion);
        }

        private HttpResponseMessage OfBlob(HttpRequestMessage request)
        {
            if (request.Method == HttpMethod.Head)
            {
                if (!request.RequestUri!.Query.Contains("restype", StringComparison.Ordinal)) BeforeTheBlobIsLookedAt?.Invoke();
                return Tagged(HttpStatusCode.OK, _blobVersion);
            }

            if (request.Headers.TryGetValues("x-ms-lease-id", out var id))
            {
                BeforeTheBlobIsWritten?.Invoke();
                if (id.Single() != _holder) return new(HttpStatusCode.PreconditionFailed);
            }
            else if (_blobVersion > 0)
            {
                return new(HttpStatusCode.Conflict);
            }

            return Tagged(HttpStatusCode.Created, ++_blobVersion);
        }

        private HttpResponseMessage OfLease(HttpRequestMessage request)
        {
            switch (request.Headers.GetValues("x-ms-lease-action").Single())
            {
                case "acquire":
                    if (_holder is not null) return new(HttpStatusCode.Conflict);
                    Assert.Equal("-1", request.Headers.GetValues("x-ms-lease-duration").Single());
                    _holder = $"lease-{++_ids}";
                    var answer = new HttpResponseMessage(HttpStatusCode.Created);
                    answer.Headers.Add("x-ms-lease-id", _holder);
                    return answer;
                case "break":
                    if (request.Headers.IfMatch.Single().Tag != Tag(_blobVersion)) return new(HttpStatusCode.PreconditionFailed);
                    _holder = null;
                    return new(HttpStatusCode.Accepted);
                default:
                    if (_holder != request.Headers.GetValues("x-ms-lease-id").Single()) return new(HttpStatusCode.Conflict);
                    _holder = null;
                    return new(HttpStatusCode.OK);
            }
        }

        private static string Tag(int version) => $"\"{version}\"";

        private static HttpResponseMessage Tagged(HttpStatusCode status, int version, HttpContent? content = null)
        {
            var answer = new HttpResponseMessage(status) { Content = content ?? new ByteArrayContent([]) };
            answer.Headers.ETag = new(Tag(version));
            return answer;
        }
    }

    private sealed class Door(LeaseService service, string process) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = service.Answer(process, request);
            answer.RequestMessage = request;
            return Task.FromResult(answer);
        }
    }
}
