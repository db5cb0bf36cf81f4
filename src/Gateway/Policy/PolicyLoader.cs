using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Settings;
using Microsoft.Extensions.Logging;

namespace MediaSecurityLite.Gateway.Policy;

/// <summary>
/// Brings the policy file into force. A good one is also kept in the data directory; where the file is bad, the last good
/// one stays or comes back, and without one the policy is as delivered.
/// </summary>
internal sealed partial class PolicyLoader(GatewaySettings settings, PolicyState state, ILogger<PolicyLoader> logger)
{
    private string LastGoodFile => Path.Combine(settings.Gateway.DataDirectory, "policy.last-good.json");

    /// <summary>At start: the file, else the last good one, else as delivered.</summary>
    public void Load()
    {
        if (!TryAcceptFile() && File.Exists(LastGoodFile))
        {
            try
            {
                var lastGood = PolicyReader.Read(LastGoodFile);
                state.FallBack(lastGood);
                Log.LastGood(logger, lastGood.Version);
            }
            catch (PolicyException e)
            {
                Log.Refused(logger, e.Message);
            }
        }
    }

    /// <summary>While running: the file, else everything stays.</summary>
    public void Reload() => TryAcceptFile();

    private bool TryAcceptFile()
    {
        var file = settings.Policy.File;
        if (!File.Exists(file))
        {
            state.Accept(new PolicyDocument());
            Log.AsDelivered(logger, file);
            return true;
        }

        try
        {
            var policy = PolicyReader.Read(file);
            state.Accept(policy);
            Log.InForce(logger, policy.Version);
            KeepAsLastGood(file);
            return true;
        }
        catch (PolicyException e)
        {
            state.Refuse(e.Message);
            Log.Refused(logger, e.Message);
            return false;
        }
    }

    private void KeepAsLastGood(string file)
    {
        var temporary = LastGoodFile + ".new";
        try
        {
            File.Copy(file, temporary, overwrite: true);
            File.Move(temporary, LastGoodFile, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.NotKept(logger, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Policy version {Version} is in force")]
        public static partial void InForce(ILogger logger, long version);

        [LoggerMessage(Level = LogLevel.Information, Message = "There is no {File}: the policy is as delivered")]
        public static partial void AsDelivered(ILogger logger, string file);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The last good policy, version {Version}, is in force instead")]
        public static partial void LastGood(ILogger logger, long version);

        [LoggerMessage(Level = LogLevel.Error, Message = "Policy refused, the one in force stays: {Faults}")]
        public static partial void Refused(ILogger logger, string faults);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The good policy could not be kept for a later start: {Reason}")]
        public static partial void NotKept(ILogger logger, string reason);
    }
}
