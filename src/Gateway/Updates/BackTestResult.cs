using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Gateway.Updates;

/// <summary>What a candidate would newly block of the last day's traffic.</summary>
/// <param name="Contacts">Contacts that were tried.</param>
/// <param name="Names">Distinct names and addresses among them that would newly be blocked.</param>
/// <param name="Terminals">Distinct terminals that this would concern.</param>
/// <param name="Examples">The first few names.</param>
internal sealed record BackTestResult(int Contacts, int Names, int Terminals, IReadOnlyList<string> Examples)
{
    private const int MaxExamples = 5;

    public sealed class Builder
    {
        private readonly HashSet<string> _names = [];
        private readonly HashSet<IpAddress> _terminals = [];
        private readonly List<string> _examples = [];
        private int _contacts;

        public void Pass() => _contacts++;

        public void Add(IpAddress terminal, string name)
        {
            _contacts++;
            _terminals.Add(terminal);
            if (_names.Add(name) && _examples.Count < MaxExamples)
            {
                _examples.Add(name);
            }
        }

        public BackTestResult Build() => new(_contacts, _names.Count, _terminals.Count, _examples);
    }
}
