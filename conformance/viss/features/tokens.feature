Feature: VISS with tokens

  Background:
    Given the secured VISS server is running

  Scenario Outline: version <version>, <transport>: without a token nothing is read
    Given the client is connected with the sub-protocol "VISSv<version>"
    And I have no token
    When I send a read request with path "Vehicle.Speed"
    Then I should receive an error response with number 401 and reason "<reason>"

    Examples:
      | version | transport | reason        |
      | 2       | WebSocket | token_missing |
      | 3       | WebSocket | invalid_token |

  Scenario: with a token that names it a signal is read, and no other
    Given I am authorized to read "Vehicle.Speed"
    And the client is connected with the sub-protocol "VISSv2"
    When I send a read request with path "Vehicle.Speed"
    Then I should receive a valid read response
    When I send a read request with path "Vehicle.AverageSpeed"
    Then I should receive an error response with number 406 and reason "insufficient_priviledges"
    When I send a read request with path "Vehicle"
    Then I should receive an error response with number 406 and reason "insufficient_priviledges"

  Scenario: version 3 has one reason for all
    Given I have a token for "read:Vehicle.Cabin"
    And the client is connected with the sub-protocol "VISSv3"
    When I send a read request with path "Vehicle.Speed"
    Then I should receive an error response with number 401 and reason "invalid_token"

  Scenario: a token that has expired, and one that is none
    Given the client is connected with the sub-protocol "VISSv2"
    And I have a token for "read" that has expired
    When I send a read request with path "Vehicle.Speed"
    Then I should receive an error response with number 401 and reason "token_expired"
    Given I have a token that says nothing
    When I send a read request with path "Vehicle.Speed"
    Then I should receive an error response with number 401 and reason "token_invalid"

  Scenario: to set needs the right to actuate
    Given I have a token for "read:Vehicle"
    And the client is connected with the sub-protocol "VISSv2"
    When I send a set request for path "Vehicle.Cabin.Infotainment.HMI.FontSize" with the value LARGE
    Then I should receive an error response with number 406 and reason "insufficient_priviledges"
    Given I am authorized to actuate "Vehicle.Cabin.Infotainment"
    When I send a set request for path "Vehicle.Cabin.Infotainment.HMI.FontSize" with the value LARGE
    Then I should receive a valid set response

  Scenario: a subscription needs the right to read every signal in it
    Given I have a token for "read:Vehicle.Speed read:Vehicle.Cabin.Door.*.DriverSide.IsOpen"
    And the client is connected with the sub-protocol "VISSv2"
    When I send a subscription request for "Vehicle.Speed"
    Then I should receive a valid subscription event
    When I send a subscription request for "Vehicle.Cabin.Door"
    Then I should receive an error response with number 406 and reason "insufficient_priviledges"

  Scenario: the version of the vocabulary and the capabilities of the server need no token
    Given the client is connected with the sub-protocol "VISSv2"
    And I have no token
    When I send a read request with path "Vehicle.VersionVSS.Major"
    Then I should receive a valid read response
    When I search "Vehicle" using a dynamic metadata filter "server_capabilities"
    Then I should receive a list of server capabilities

  Scenario: by HTTP the token is a bearer
    Given the VISS client is connected via HTTP
    And I have no token
    When I send a read request with path "Vehicle.Speed"
    Then I should receive an error response with number 401 and reason "token_missing"
    Given I am authorized to read "Vehicle.Speed"
    When I send a read request with path "Vehicle.Speed"
    Then I should receive a valid read response
